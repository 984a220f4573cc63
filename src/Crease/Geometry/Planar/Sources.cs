namespace Crease.Geometry;

/// <summary>What units of a stage pass on: per unit the coefficients of an affine function.</summary>
internal sealed class Sources
{
    public int Count;
    public int[] Units = new int[64];
    public double[] A = new double[64];
    public double[] B = new double[64];
    public double[] C = new double[64];

    public void Clear() => Count = 0;

    public void Reserve(int count)
    {
        if (count <= Units.Length)
            return;
        int size = Math.Max(count, 2 * Units.Length);
        Array.Resize(ref Units, size);
        Array.Resize(ref A, size);
        Array.Resize(ref B, size);
        Array.Resize(ref C, size);
    }

    public void Add(int unit, double a, double b, double c)
    {
        int at = Count;
        if (at == Units.Length)
            Reserve(at + 1);
        Units[at] = unit;
        A[at] = a;
        B[at] = b;
        C[at] = c;
        Count = at + 1;
    }
}
