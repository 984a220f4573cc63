namespace Crease.Certificates;

/// <summary>Proved limits of the values of nodes on some set of inputs, and the lines that follow from them.</summary>
/// <remarks>Arrays are shared between sets of inputs that lie within each other, and never changed once they are stored here.</remarks>
internal sealed class Ranges
{
    public Ranges(int nodes)
    {
        (Lower, Upper, Lines) = (new double[nodes][], new double[nodes][], new Lines[nodes]);
    }

    /// <summary>Starts from the limits of a larger set.</summary>
    public Ranges(Ranges larger)
    {
        (Lower, Upper, Lines, Ball) = ([.. larger.Lower], [.. larger.Upper], [.. larger.Lines], larger.Ball);
    }

    /// <summary>Lower limits by node; null where none are kept.</summary>
    public double[][] Lower { get; }

    /// <summary>Upper limits by node.</summary>
    public double[][] Upper { get; }

    /// <summary>Lines by piecewise node.</summary>
    public Lines[] Lines { get; }

    /// <summary>A ball that the inputs lie in besides the box; null for the whole box.</summary>
    public InputBall? Ball { get; init; }

    /// <summary>Whether limits contradict each other, so that the set of inputs is empty.</summary>
    public bool IsEmpty { get; set; }

    /// <summary>Takes proved limits of a node; where they cross there is no input, and either order will do.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lower">Lower limits; kept.</param>
    /// <param name="upper">Upper limits; kept.</param>
    public void Take(int node, double[] lower, double[] upper)
    {
        for (int unit = 0; unit < lower.Length; unit++)
        {
            if (!(lower[unit] > upper[unit]))
                continue;
            IsEmpty = true;
            (lower[unit], upper[unit]) = (upper[unit], lower[unit]);
        }
        (Lower[node], Upper[node]) = (lower, upper);
    }

    /// <summary>Number of units of a node whose limits have different signs.</summary>
    public int Undecided(int node)
    {
        int open = 0;
        for (int unit = 0; unit < Lower[node].Length; unit++)
            open += Lower[node][unit] < 0 && Upper[node][unit] > 0 ? 1 : 0;
        return open;
    }
}
