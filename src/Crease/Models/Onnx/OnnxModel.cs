namespace Crease.Models.Onnx;

/// <summary>The parts of an ONNX model that a network is made of. Field numbers are those of the format.</summary>
internal sealed class OnnxModel
{
    public const int OldestOpset = 7;
    public const int NewestOpset = 26;
    private const int MostNodes = 1 << 18;

    public long Opset { get; private set; }

    public List<OnnxNode> Nodes { get; } = [];

    public Dictionary<string, OnnxTensor> Initializers { get; } = [];

    public List<OnnxPort> Inputs { get; } = [];

    public List<OnnxPort> Outputs { get; } = [];

    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw new InvalidDataException("the file is empty; expected an ONNX model");
        var model = new OnnxModel();
        ReadOnlyMemory<byte>? graph = null;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 7)
                graph = reader.Bytes();
            else if (reader.Field == 8)
                model.ReadOpset(reader.Bytes());
            else
                reader.Skip();
        }
        if (graph is not ReadOnlyMemory<byte> content)
            throw new InvalidDataException("there is no graph in the file; expected an ONNX model");
        if (model.Opset is < OldestOpset or > NewestOpset)
            throw new InvalidDataException($"opset {model.Opset} of the default operator set; accepted are {OldestOpset} to {NewestOpset}");
        model.ReadGraph(content);
        return model;
    }

    private void ReadOpset(ReadOnlyMemory<byte> message)
    {
        string domain = "";
        long version = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                domain = reader.Text();
            else if (reader.Field == 2)
                version = reader.Integer();
            else
                reader.Skip();
        }
        if (domain is "" or "ai.onnx")
            Opset = version;
    }

    private void ReadGraph(ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    if (Nodes.Count == MostNodes)
                        throw new InvalidDataException($"the graph has more than {MostNodes} nodes; that many are accepted");
                    Nodes.Add(OnnxNode.Parse(reader.Bytes(), Nodes.Count));
                    break;
                case 5:
                    OnnxTensor tensor = OnnxTensor.Parse(reader.Bytes());
                    if (!Initializers.TryAdd(tensor.Name, tensor))
                        throw new InvalidDataException($"initializer '{tensor.Name}' occurs twice; names must be unique");
                    break;
                case 11:
                    Inputs.Add(OnnxPort.Parse(reader.Bytes()));
                    break;
                case 12:
                    Outputs.Add(OnnxPort.Parse(reader.Bytes()));
                    break;
                case 15:
                    throw new InvalidDataException("the graph has sparse initializers; accepted are dense ones");
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
