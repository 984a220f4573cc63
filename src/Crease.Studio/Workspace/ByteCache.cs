namespace Crease.Studio;

/// <summary>Keeps what was loaded, up to a number of bytes; the least recently used goes first. Several callers of one key load once.</summary>
internal sealed class ByteCache<T>(long most, Func<T, long> bytesOf)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = new();

    /// <summary>Bytes of all that is kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>What a key stands for.</summary>
    /// <param name="key">Names the content: another content has another key.</param>
    /// <param name="load">Loads it; a failure is passed on and not kept.</param>
    public T Get(string key, Func<T> load)
    {
        LinkedListNode<Entry> node = Touch(key, load);
        T value;
        try
        {
            value = node.Value.Value.Value;
        }
        catch
        {
            Forget(node);
            throw;
        }
        lock (_lock)
        {
            if (!node.Value.IsCounted && _entries.TryGetValue(key, out LinkedListNode<Entry>? kept) && kept == node)
            {
                (node.Value.IsCounted, node.Value.Bytes) = (true, bytesOf(value));
                Bytes += node.Value.Bytes;
                Trim(node);
            }
        }
        return value;
    }

    private LinkedListNode<Entry> Touch(string key, Func<T> load)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
                _order.Remove(node);
            else
                _entries[key] = node = new LinkedListNode<Entry>(new Entry(key, new Lazy<T>(load)));
            _order.AddFirst(node);
            return node;
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(node.Value.Key, out LinkedListNode<Entry>? kept) && kept == node)
                Drop(node);
        }
    }

    // The one that was just asked for stays, however large it is.
    private void Trim(LinkedListNode<Entry> asked)
    {
        for (LinkedListNode<Entry>? node = _order.Last; node is not null && Bytes > most;)
        {
            LinkedListNode<Entry>? before = node.Previous;
            if (node != asked && node.Value.IsCounted)
                Drop(node);
            node = before;
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _order.Remove(node);
        Bytes -= node.Value.Bytes;
    }

    private sealed class Entry(string key, Lazy<T> value)
    {
        public string Key { get; } = key;

        public Lazy<T> Value { get; } = value;

        public bool IsCounted { get; set; }

        public long Bytes { get; set; }
    }
}
