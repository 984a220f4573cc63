namespace Crease.Models.Onnx;

/// <summary>Who makes and who takes each value of a graph, and the order in which nodes can be read.</summary>
internal sealed class GraphOrder
{
    private readonly Dictionary<string, OnnxNode> _makers = [];
    private readonly Dictionary<string, List<OnnxNode>> _users = [];
    private readonly HashSet<string> _outputs;

    public GraphOrder(OnnxModel model)
    {
        _outputs = [.. model.Outputs.Select(output => output.Name)];
        HashSet<string> inputs = [.. model.Inputs.Select(input => input.Name)];
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && (inputs.Contains(output) || model.Initializers.ContainsKey(output) || !_makers.TryAdd(output, node)))
                    throw new InvalidDataException($"node '{node.Name}': its output '{output}' is made twice; names must be unique");
            }
            foreach (string input in node.Inputs)
            {
                if (!_users.TryGetValue(input, out List<OnnxNode>? users))
                    _users[input] = users = [];
                users.Add(node);
            }
        }
    }

    /// <summary>All nodes that take a value, once per use.</summary>
    public IReadOnlyList<OnnxNode> Users(string value) => _users.TryGetValue(value, out List<OnnxNode>? users) ? users : [];

    /// <summary>The only node that takes a value, if there is exactly one use and the value is no output.</summary>
    public OnnxNode? OnlyUser(string value) => Users(value) is [OnnxNode user] && !_outputs.Contains(value) ? user : null;

    /// <summary>The nodes that a value depends on, each after those that it depends on itself.</summary>
    public List<OnnxNode> Before(string value)
    {
        // Depth-first with an explicit stack: files may nest deeper than any call stack.
        var ordered = new List<OnnxNode>();
        var visited = new Dictionary<OnnxNode, int>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<OnnxNode>();
        if (_makers.TryGetValue(value, out OnnxNode? last))
            stack.Push(last);
        while (stack.Count > 0)
        {
            OnnxNode node = stack.Peek();
            int next = visited.GetValueOrDefault(node);
            if (next == node.Inputs.Count)
            {
                ordered.Add(node);
                visited[node] = int.MaxValue;
                stack.Pop();
                continue;
            }
            visited[node] = next + 1;
            if (!_makers.TryGetValue(node.Inputs[next], out OnnxNode? maker) || visited.GetValueOrDefault(maker, -1) == int.MaxValue)
                continue;
            if (visited.ContainsKey(maker))
                throw new InvalidDataException($"node '{maker.Name}' depends on itself through '{node.Inputs[next]}'; expected a graph without cycles");
            stack.Push(maker);
            visited[maker] = 0;
        }
        return ordered;
    }
}
