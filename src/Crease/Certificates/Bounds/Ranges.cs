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
}
