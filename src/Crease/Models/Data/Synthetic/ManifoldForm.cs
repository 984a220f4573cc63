using Crease.Numerics;

namespace Crease.Models;

/// <summary>A manifold with a way to draw a point.</summary>
/// <param name="Name">Its name in the literature.</param>
/// <param name="Dimension">Dimension d.</param>
/// <param name="Columns">Dimension D of the space around it.</param>
/// <param name="Draw">Draws a point. Shape [columns].</param>
internal sealed record ManifoldForm(string Name, int Dimension, int Columns, Func<RandomSource, double[]> Draw);
