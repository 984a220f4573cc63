namespace Crease.Models.Onnx;

/// <summary>A named input or output of the graph; a dimension without a fixed extent is -1.</summary>
internal sealed record OnnxPort(string Name, List<long>? Extents, List<string> Symbols, long ElementType)
{
    public static OnnxPort Parse(ReadOnlyMemory<byte> message)
    {
        string name = "";
        List<long>? extents = null;
        var symbols = new List<string>();
        long elementType = 0;
        var port = new WireReader(message);
        while (port.Next())
        {
            if (port.Field == 1)
                name = port.Text();
            else if (port.Field == 2)
                ReadType(port.Bytes(), ref extents, symbols, ref elementType);
            else
                port.Skip();
        }
        return new OnnxPort(name, extents, symbols, elementType);
    }

    private static void ReadType(ReadOnlyMemory<byte> message, ref List<long>? extents, List<string> symbols, ref long elementType)
    {
        var type = new WireReader(message);
        while (type.Next())
        {
            if (type.Field != 1)
            {
                type.Skip();
                continue;
            }
            var tensor = new WireReader(type.Bytes());
            while (tensor.Next())
            {
                if (tensor.Field == 1)
                    elementType = tensor.Integer();
                else if (tensor.Field == 2)
                    ReadShape(tensor.Bytes(), extents = [], symbols);
                else
                    tensor.Skip();
            }
        }
    }

    private static void ReadShape(ReadOnlyMemory<byte> message, List<long> extents, List<string> symbols)
    {
        var shape = new WireReader(message);
        while (shape.Next())
        {
            if (shape.Field != 1)
            {
                shape.Skip();
                continue;
            }
            long extent = -1;
            string symbol = "";
            var dimension = new WireReader(shape.Bytes());
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                    extent = dimension.Integer();
                else if (dimension.Field == 2)
                    symbol = dimension.Text();
                else
                    dimension.Skip();
            }
            extents.Add(extent);
            symbols.Add(symbol);
        }
    }
}
