using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>A site of a power (Laguerre) diagram: its cell is where its power is the smallest.</summary>
/// <remarks>
/// Notation: μ ↔ <see cref="Centroid"/>, ρ ↔ <see cref="Radius"/>, a <em>squared</em> radius that may be negative; power ‖x - μ‖² - ρ. For a code with slopes and offsets summed over units, μ is the
/// sum of slopes and ρ = ‖μ‖² + 2 · (sum of offsets). Source: <c>balestriero2019geometry</c>. Only differences of ρ within one diagram matter. Sites are not unique: scaling a unit and its outgoing
/// weights inversely moves them and leaves regions, distances and function as they are.
/// </remarks>
public sealed class PowerSite
{
    internal PowerSite(double[] centroid, double offset, bool isSurrogate)
    {
        Centroid = ImmutableArray.Create(centroid);
        Radius = TensorPrimitives.SumOfSquares<double>(centroid) + 2 * offset;
        IsSurrogate = isSurrogate;
    }

    /// <summary>μ. Shape [dimensions of the space], in units of the slopes.</summary>
    public ImmutableArray<double> Centroid { get; }

    /// <summary>ρ, a squared radius; may be negative.</summary>
    public double Radius { get; }

    /// <summary>Whether some unit is not convex (a clip, a leaky slope above 1), so that convex units with the same knots and slopes 0, 1, ... stand in.</summary>
    /// <remarks>The cells are those of the layer all the same; the key identity then holds for the outputs of the stand-ins.</remarks>
    public bool IsSurrogate { get; }

    /// <summary>‖x - μ‖² - ρ.</summary>
    /// <param name="x">Shape [dimensions of the space].</param>
    public double Power(ReadOnlySpan<double> x)
    {
        double distance = TensorPrimitives.Distance(x, Centroid.AsSpan());
        return distance * distance - Radius;
    }

    /// <summary>The site of the composition up to a layer, in the input space.</summary>
    /// <remarks>μ = A_l[x]ᵀ 1, ρ = ‖μ‖² + 2 · 1ᵀ c_l[x]; key identity: power = ‖x‖² - 2 Σ_k z_(l,k)(x). It is a cell of the layer's diagram inside the region that the layers before it cut, not of one diagram of the whole space.</remarks>
    /// <param name="at">The input.</param>
    /// <param name="layer">0-based index in <see cref="Linearization.Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static PowerSite Composed(Linearization at, int layer)
    {
        Node node = LayerOf(at, layer);
        (double[] cotangent, double sum, bool isSurrogate) = Selected(at, node);
        double[] centroid = at.Pullback(node.Inputs[0], cotangent);
        return new PowerSite(centroid, sum - TensorPrimitives.Dot<double>(centroid, at.Value(at.Network.Inputs[0])), isSurrogate);
    }

    /// <summary>The site of one layer in the space of its own input: what the piecewise layers and inputs it reads say, one after the other.</summary>
    /// <remarks>μ_q = Wᵀ q, ρ_q = ‖μ_q‖² + 2 &lt;q, b&gt;.</remarks>
    /// <param name="at">The input.</param>
    /// <param name="layer">0-based index in <see cref="Linearization.Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static PowerSite OfLayer(Linearization at, int layer)
    {
        Node node = LayerOf(at, layer);
        (double[] cotangent, double sum, bool isSurrogate) = Selected(at, node);
        double[]?[] pulled = at.PullbackToSources(node.Inputs[0], cotangent);
        var centroid = new List<double>();
        foreach (int source in Sources(at, layer))
        {
            double[] part = pulled[source] ?? new double[at.Network.Nodes[source].Shape.Size];
            centroid.AddRange(part);
            sum -= TensorPrimitives.Dot<double>(part, at.Value(source));
        }
        return new PowerSite([.. centroid], sum, isSurrogate);
    }

    /// <summary>The input of one layer: the values of the piecewise layers and inputs it reads, in the order of the nodes.</summary>
    /// <param name="at">The input.</param>
    /// <param name="layer">0-based index in <see cref="Linearization.Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static double[] InputOfLayer(Linearization at, int layer) => [.. Sources(at, layer).SelectMany(source => at.Value(source).ToArray())];

    /// <summary>The other image that has been called a centroid: Jᵀz, the gradient of ½‖z‖² of a layer's values; no site of a diagram.</summary>
    /// <param name="at">The input.</param>
    /// <param name="layer">0-based index in <see cref="Linearization.Layers"/>.</param>
    /// <returns>Shape [inputs].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static double[] ActivationPullback(Linearization at, int layer)
    {
        Node node = LayerOf(at, layer);
        return at.Pullback(node.Index, at.Value(node.Index));
    }

    internal static Node LayerOf(Linearization at, int layer) => (uint)layer < (uint)at.Layers.Length
        ? at.Layers[layer]
        : throw new ArgumentOutOfRangeException(nameof(layer), $"'layer' is {layer}; the network has piecewise layers 0 to {at.Layers.Length - 1}.");

    /// <summary>The nodes whose values a layer reads through affine layers only.</summary>
    internal static int[] Sources(Linearization at, int layer)
    {
        Node node = LayerOf(at, layer);
        var found = new SortedSet<int>();
        var open = new Stack<int>([node.Inputs[0]]);
        var seen = new HashSet<int>();
        while (open.TryPop(out int n))
        {
            if (!seen.Add(n))
                continue;
            if (at.Network.Nodes[n].Layer is InputLayer or PiecewiseLayer)
            {
                found.Add(n);
                continue;
            }
            foreach (int input in at.Network.Nodes[n].Inputs)
                open.Push(input);
        }
        return [.. found];
    }

    // The slope of each unit's piece at its pre-activation, and the sum of all units' values there.
    private static (double[] Cotangent, double Sum, bool IsSurrogate) Selected(Linearization at, Node node)
    {
        ReadOnlySpan<double> z = at.Value(node.Inputs[0]);
        var cotangent = new double[z.Length];
        double sum = 0;
        var units = DiagramUnits.Of((PiecewiseLayer)node.Layer);
        for (int unit = 0; unit < node.Shape.Size; unit++)
        {
            int piece = units.Piece(unit, z), element = units.Element(unit, piece);
            double slope = units.Slope(unit, piece);
            cotangent[element] += slope;
            sum += slope * z[element] + units.Offset(unit, piece);
        }
        return (cotangent, sum, units.IsSurrogate);
    }
}
