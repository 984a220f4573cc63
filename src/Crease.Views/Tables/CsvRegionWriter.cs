using Crease.Geometry;

namespace Crease.Views;

/// <summary>Writes regions as lines of text; the coordinates of the corners are separated by spaces. Text has no place for metadata.</summary>
internal sealed class CsvRegionWriter(Utf8Sink sink) : IRegionWriter
{
    private bool _isStarted;

    public void Add(RegionView region)
    {
        Start();
        sink.Integer(region.Index);
        sink.Byte((byte)',');
        sink.Integer(region.Class);
        sink.Byte((byte)',');
        sink.Exact(region.Area);
        sink.Byte((byte)',');
        sink.Exact(region.SlopeNorm);
        sink.Byte((byte)',');
        sink.Hash(region.CodeHash);
        sink.Byte((byte)',');
        Corners(region.X);
        sink.Byte((byte)',');
        Corners(region.Y);
        sink.Byte((byte)'\n');
    }

    public void Finish(IReadOnlyDictionary<string, string> metadata)
    {
        Start();
        sink.Dispose();
    }

    private void Start()
    {
        if (!_isStarted)
            sink.Raw("region,class,area,slopeNorm,codeHash,x,y\n"u8);
        _isStarted = true;
    }

    private void Corners(ReadOnlySpan<double> coordinates)
    {
        for (int i = 0; i < coordinates.Length; i++)
        {
            if (i > 0)
                sink.Byte((byte)' ');
            sink.Exact(coordinates[i]);
        }
    }
}
