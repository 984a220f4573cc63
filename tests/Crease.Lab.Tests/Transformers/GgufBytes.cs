using System.Text;

namespace Crease.Lab.Tests;

/// <summary>Writes GGUF files.</summary>
internal static class GgufBytes
{
    public static byte[] Packed((string Key, object Value)[] settings, (string Name, int[] Shape, int Type, byte[] Data)[] tensors)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        void Text(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            writer.Write((ulong)bytes.Length);
            writer.Write(bytes);
        }
        void List(Array list)
        {
            writer.Write(list switch { string[] => 8u, int[] => 5u, _ => 6u });
            writer.Write((ulong)list.Length);
            foreach (object item in list)
            {
                if (item is string text)
                    Text(text);
                else if (item is int whole)
                    writer.Write(whole);
                else
                    writer.Write((float)item);
            }
        }
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Length);
        writer.Write((ulong)settings.Length);
        foreach ((string key, object value) in settings)
        {
            Text(key);
            writer.Write(value switch { string => 8u, Array => 9u, int => 4u, _ => 6u });
            if (value is string text)
                Text(text);
            else if (value is int whole)
                writer.Write(whole);
            else if (value is float number)
                writer.Write(number);
            else
                List((Array)value);
        }
        long offset = 0;
        foreach ((string name, int[] shape, int type, byte[] data) in tensors)
        {
            Text(name);
            writer.Write((uint)shape.Length);
            foreach (int extent in shape.Reverse())
                writer.Write((ulong)extent);
            writer.Write((uint)type);
            writer.Write((ulong)offset);
            offset += (data.Length + 31) / 32 * 32;
        }
        foreach ((_, _, _, byte[] data) in tensors)
        {
            while (stream.Position % 32 != 0)
                writer.Write((byte)0);
            writer.Write(data);
        }
        writer.Flush();
        return stream.ToArray();
    }
}
