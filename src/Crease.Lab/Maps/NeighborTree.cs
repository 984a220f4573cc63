namespace Crease.Lab;

/// <summary>A quadtree of points in the plane that sums what far groups push with.</summary>
internal sealed class NeighborTree
{
    private const int MostDepth = 48;
    private const double Closest = 1e-13;

    private readonly double[] _x, _y;
    private int[] _first = new int[64], _count = new int[64], _point = new int[64];
    private double[] _sumX = new double[64], _sumY = new double[64];
    private int _nodes;
    private double _left, _bottom, _size;

    public NeighborTree(double[] x, double[] y) => (_x, _y) = (x, y);

    /// <summary>Sorts the points in anew.</summary>
    public void Build()
    {
        (_left, _bottom) = (_x.Min(), _y.Min());
        _size = Math.Max(Math.Max(_x.Max() - _left, _y.Max() - _bottom), double.Epsilon) * (1 + 1e-9);
        _nodes = 0;
        New(1);
        for (int i = 0; i < _x.Length; i++)
            Insert(i);
    }

    /// <summary>Sums over all other points of w = 1 / (1 + distance²), and of w² times the way from each to this point.</summary>
    public (double Weight, double X, double Y) Push(int i, double openness)
    {
        double px = _x[i], py = _y[i], weight = 0, fx = 0, fy = 0;
        Span<(int Node, double Size)> open = stackalloc (int, double)[4 * MostDepth + 8];
        int top = 0;
        open[top++] = (0, _size);
        while (top > 0)
        {
            (int node, double size) = open[--top];
            int count = _count[node];
            if (count == 0)
                continue;
            double dx = px - _sumX[node] / count, dy = py - _sumY[node] / count, square = dx * dx + dy * dy;
            bool isLeaf = _first[node] == 0;
            if (isLeaf || size * size < openness * openness * square)
            {
                // Points too close for the tree share a leaf; of them this point itself does not push.
                int pushing = isLeaf && Holds(node, i) ? count - 1 : count;
                double w = 1 / (1 + square), all = pushing * w;
                weight += all;
                fx += all * w * dx;
                fy += all * w * dy;
                continue;
            }
            for (int child = 0; child < 4; child++)
                open[top++] = (_first[node] + child, size / 2);
        }
        return (weight, fx, fy);
    }

    private bool Holds(int node, int i) => _point[node] == i || _count[node] > 1 && Math.Abs(_x[_point[node]] - _x[i]) <= Closest * _size && Math.Abs(_y[_point[node]] - _y[i]) <= Closest * _size;

    private void Insert(int i)
    {
        double left = _left, bottom = _bottom, size = _size;
        int node = 0;
        for (int depth = 0; ; depth++)
        {
            int before = _count[node]++;
            _sumX[node] += _x[i];
            _sumY[node] += _y[i];
            if (before == 0)
            {
                _point[node] = i;
                return;
            }
            if (_first[node] == 0)
            {
                int old = _point[node];
                if (depth >= MostDepth || _x[old] == _x[i] && _y[old] == _y[i])
                    return;
                int first = New(4);
                _first[node] = first;
                int child = first + Quadrant(old, left, bottom, size);
                (_count[child], _sumX[child], _sumY[child], _point[child]) = (before, _sumX[node] - _x[i], _sumY[node] - _y[i], old);
            }
            int quadrant = Quadrant(i, left, bottom, size);
            size /= 2;
            (left, bottom) = (left + (quadrant & 1) * size, bottom + (quadrant >> 1) * size);
            node = _first[node] + quadrant;
        }
    }

    private int Quadrant(int i, double left, double bottom, double size) => (_x[i] >= left + size / 2 ? 1 : 0) | (_y[i] >= bottom + size / 2 ? 2 : 0);

    private int New(int count)
    {
        int first = _nodes;
        _nodes += count;
        if (_nodes > _count.Length)
        {
            int length = 2 * _nodes;
            Array.Resize(ref _first, length);
            Array.Resize(ref _count, length);
            Array.Resize(ref _point, length);
            Array.Resize(ref _sumX, length);
            Array.Resize(ref _sumY, length);
        }
        for (int node = first; node < _nodes; node++)
            (_first[node], _count[node], _point[node], _sumX[node], _sumY[node]) = (0, 0, -1, 0, 0);
        return first;
    }
}
