namespace Crease.Models.Onnx;

/// <summary>What reading one model may cost: sizes in a file are claims, so memory is granted in proportion to the file itself.</summary>
internal sealed class Allowance(string? folder, long fileBytes)
{
    private const long Base = 1 << 23;
    private const long PerByte = 4;
    private readonly long _limit = Base + PerByte * fileBytes;
    private long _elements, _externalBytes;

    /// <summary>Folder of external data, or null where none is read.</summary>
    public string? Folder => folder;

    /// <summary>Called before arrays that are larger than their description in the file are made.</summary>
    public void Spend(long elements)
    {
        // Compared before adding: a claim may be close to 2^63.
        if (elements > _limit - _elements)
            throw new InvalidDataException($"needs {elements} more elements while reading; accepted are {_limit} in total for a file of {fileBytes} bytes");
        _elements += elements;
    }

    /// <summary>Called before external data is read: many tensors may name one large file.</summary>
    public void SpendExternal(long bytes)
    {
        if (bytes > Model.LargestFile - _externalBytes)
            throw new InvalidDataException($"takes {bytes} more bytes of external data; accepted are {Model.LargestFile} in total");
        _externalBytes += bytes;
    }
}
