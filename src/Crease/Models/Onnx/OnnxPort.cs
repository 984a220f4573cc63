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

    /// <summary>The extents of an input; a free first axis, the batch, has extent 1.</summary>
    public int[] Shape()
    {
        if (Extents is null || Extents.Count == 0)
            throw new InvalidDataException($"input '{Name}' has no shape; expected one such as [batch, channels, height, width]");
        if (ElementType is not (0 or 1 or 10 or 11 or 16))
            throw new InvalidDataException($"input '{Name}' has element type {ElementType}; expected a floating-point type");
        var extents = new int[Extents.Count];
        long size = 1;
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long extent = Extents[axis];
            // A batch that is left open is written as a symbol, as nothing, as 0 or as -1.
            if (extent < 1 && !(axis == 0 && extents.Length > 1 && extent >= -1))
                throw new InvalidDataException($"input '{Name}': axis {axis} has no fixed extent ({(extent == -1 ? $"'{Symbols[axis]}'" : extent)}); accepted is a free extent for the batch axis only");
            // The first axis is the batch, of which one is read.
            size = extent > Networks.Shape.MaxSize ? extent : size * (axis == 0 && extents.Length > 1 ? 1 : extent);
            if (size > Networks.Shape.MaxSize)
                throw new InvalidDataException($"input '{Name}' has axes of [{string.Join(", ", Extents)}]; at most {Networks.Shape.MaxSize} elements are accepted");
            extents[axis] = (int)Math.Max(extent, 1);
        }
        return extents;
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
