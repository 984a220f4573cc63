namespace Crease.Views;

/// <summary>Writes path data in whole hundredths of a point, relative, so that most numbers have one to three digits.</summary>
/// <remarks>Positions are rounded before differences are taken: errors do not add up along a path.</remarks>
internal struct SvgPathData(Utf8Sink sink)
{
    public const int Steps = 100;

    private int _x, _y, _startX, _startY;

    public static int Grid(double points) => (int)Math.Round(points * Steps);

    public void Move(int x, int y)
    {
        sink.Byte((byte)'m');
        Pair(x - _x, y - _y);
        (_x, _y, _startX, _startY) = (x, y, x, y);
    }

    public void Line(int x, int y)
    {
        if (x - _x >= 0)
            sink.Byte((byte)' ');
        Pair(x - _x, y - _y);
        (_x, _y) = (x, y);
    }

    public void Close()
    {
        sink.Byte((byte)'z');
        (_x, _y) = (_startX, _startY);
    }

    private readonly void Pair(int dx, int dy)
    {
        sink.Integer(dx);
        if (dy >= 0)
            sink.Byte((byte)' ');
        sink.Integer(dy);
    }
}
