using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>The crease of one layer that is nearest to an input, and what folds there.</summary>
/// <param name="Layer">0-based index in <see cref="Linearization.Layers"/>.</param>
/// <param name="Unit">0-based unit; -1 where no unit of the layer depends on the input.</param>
/// <param name="Piece">The piece on the other side, as in a code.</param>
/// <param name="Distance">In units of the input; infinite where there is none.</param>
public sealed record NearestCrease(int Layer, int Unit, int Piece, double Distance)
{
    /// <summary>Whether there is one.</summary>
    public bool Exists => Unit >= 0;

    /// <summary>The affine function that is 0 on the crease and grows to its other side, under the code of the input: its gradient, and its value at the input.</summary>
    /// <param name="at">The input.</param>
    /// <returns>Gradient of shape [inputs]; a value of at most 0.</returns>
    /// <exception cref="InvalidOperationException">There is no crease.</exception>
    public (double[] Gradient, double Value) Wall(Linearization at)
    {
        if (!Exists)
            throw new InvalidOperationException("no unit of the layer depends on the input, so there is no crease to cross");
        Node node = at.Layers[Layer];
        ReadOnlySpan<double> z = at.Value(node.Inputs[0]);
        var cotangent = new double[z.Length];
        double value;
        if (node.Layer is PiecewiseLinear function)
        {
            bool isUp = Piece > function.Piece(z[Unit]);
            double knot = function.Knots[isUp ? Piece - 1 : Piece];
            cotangent[Unit] = isUp ? 1 : -1;
            value = isUp ? z[Unit] - knot : knot - z[Unit];
        }
        else
        {
            var candidates = new List<int>();
            ((MaxPooling)node.Layer).Candidates(Unit, candidates);
            int winner = at.Passed(node, Unit).Source, loser = candidates[Piece];
            (cotangent[winner], cotangent[loser]) = (-1, 1);
            value = z[loser] - z[winner];
        }
        return (at.Pullback(node.Inputs[0], cotangent), value);
    }

    /// <summary>The point of the crease's hyperplane that is nearest to the input: on the border of the region for the nearest crease of all layers.</summary>
    /// <param name="at">The input.</param>
    /// <returns>Shape [inputs].</returns>
    /// <exception cref="InvalidOperationException">There is no crease.</exception>
    public double[] Foot(Linearization at) => Beyond(at, 1);

    /// <summary>The point on the way to the foot and on.</summary>
    /// <param name="at">The input.</param>
    /// <param name="share">Share of the way: 0 is the input, 1 the foot, above 1 beyond the crease.</param>
    /// <returns>Shape [inputs].</returns>
    /// <exception cref="InvalidOperationException">There is no crease.</exception>
    public double[] Beyond(Linearization at, double share)
    {
        (double[] gradient, double value) = Wall(at);
        double[] x = at.Value(at.Network.Inputs[0]).ToArray();
        TensorPrimitives.MultiplyAdd(gradient, -share * value / TensorPrimitives.SumOfSquares<double>(gradient), x, x);
        return x;
    }
}
