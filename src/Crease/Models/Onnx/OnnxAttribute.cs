namespace Crease.Models.Onnx;

/// <summary>One attribute of an operation.</summary>
internal sealed class OnnxAttribute
{
    public string Name { get; private set; } = "";

    public long? Integer { get; private set; }

    public float? Single { get; private set; }

    public string? Text { get; private set; }

    public OnnxTensor? Tensor { get; private set; }

    public List<long> Integers { get; } = [];

    public List<float> Singles { get; } = [];

    public static OnnxAttribute Parse(ReadOnlyMemory<byte> message)
    {
        var attribute = new OnnxAttribute();
        long type = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute.Name = reader.Text();
                    break;
                case 2:
                    attribute.Single = reader.Single();
                    break;
                case 3:
                    attribute.Integer = reader.Integer();
                    break;
                case 4:
                    attribute.Text = reader.Text();
                    break;
                case 5:
                    attribute.Tensor = OnnxTensor.Parse(reader.Bytes());
                    break;
                case 7:
                    reader.Singles(attribute.Singles);
                    break;
                case 8:
                    reader.Integers(attribute.Integers);
                    break;
                case 20:
                    type = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        attribute.Complete(type);
        return attribute;
    }

    // Some writers leave out zeros and empty text; the type then says that they are there.
    private void Complete(long type)
    {
        switch (type)
        {
            case 1:
                Single ??= 0;
                break;
            case 2:
                Integer ??= 0;
                break;
            case 3:
                Text ??= "";
                break;
            default:
                break;
        }
    }
}
