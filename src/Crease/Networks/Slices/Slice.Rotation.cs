namespace Crease.Networks;

/// <content>The same plane in turned axes.</content>
public sealed partial class Slice
{
    /// <summary>The same two-dimensional slice in axes that are turned within the plane; origin and domain stay where they are in input space.</summary>
    /// <param name="angle">By how much the axes turn from the first toward the second, in radians, finite.</param>
    /// <exception cref="ArgumentException">The slice is not two-dimensional, or the angle is not finite.</exception>
    public Slice Rotated(double angle)
    {
        if (Dimension != 2 || !double.IsFinite(angle))
            throw new ArgumentException($"The slice has {Dimension} directions and the angle is {angle}; expected 2 and a finite number.");
        (double sin, double cos) = Math.SinCos(angle);
        var directions = new double[_directions.Length];
        for (int i = 0; i < Inputs; i++)
        {
            double u = _directions[i], v = _directions[Inputs + i];
            (directions[i], directions[Inputs + i]) = (cos * u + sin * v, cos * v - sin * u);
        }
        var domain = new double[_domain.Length];
        for (int i = 0; i < domain.Length; i += 2)
            (domain[i], domain[i + 1]) = (cos * _domain[i] + sin * _domain[i + 1], cos * _domain[i + 1] - sin * _domain[i]);
        return new Slice(_origin, directions, domain, _low);
    }
}
