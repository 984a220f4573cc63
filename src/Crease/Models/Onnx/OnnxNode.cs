namespace Crease.Models.Onnx;

/// <summary>One operation of an ONNX graph.</summary>
internal sealed class OnnxNode
{
    private Dictionary<string, OnnxAttribute>? _attributes;

    public string Name { get; private set; } = "";

    public string Op { get; private set; } = "";

    /// <summary>The input that this node passes on because the input's maker already did its work, or null.</summary>
    public string? Fused { get; set; }

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public static OnnxNode Parse(ReadOnlyMemory<byte> message, int index)
    {
        var node = new OnnxNode();
        string domain = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    node.Inputs.Add(reader.Text());
                    break;
                case 2:
                    node.Outputs.Add(reader.Text());
                    break;
                case 3:
                    node.Name = reader.Text();
                    break;
                case 4:
                    node.Op = reader.Text();
                    break;
                case 5:
                    OnnxAttribute attribute = OnnxAttribute.Parse(reader.Bytes());
                    (node._attributes ??= [])[attribute.Name] = attribute;
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (domain is not ("" or "ai.onnx"))
            node.Op = $"{domain}.{node.Op}";
        if (node.Name.Length == 0)
            node.Name = $"{node.Op}_{index}";
        return node;
    }

    public OnnxAttribute? Attribute(string name) => _attributes?.GetValueOrDefault(name);

    public long Integer(string name, long otherwise) => Attribute(name)?.Integer ?? otherwise;

    public double Number(string name, double otherwise)
    {
        double value = Attribute(name)?.Single ?? otherwise;
        return double.IsNaN(value) || (double.IsInfinity(value) && value != otherwise) ? throw new InvalidDataException($"{name} is {value}; expected a finite number") : value;
    }

    public string Text(string name, string otherwise) => Attribute(name)?.Text ?? otherwise;

    public long[]? Integers(string name) => Attribute(name)?.Integers.ToArray();
}
