namespace Crease.Measures;

/// <summary>What segments to adversarial twins are compared with.</summary>
public sealed record ConcentrationOptions
{
    /// <summary>The largest number of random directions per input.</summary>
    public const int MostDirections = 1000;

    /// <summary>Five random directions, reflected where there is a box.</summary>
    public static ConcentrationOptions Default { get; } = new();

    /// <summary>Random segments per input. In [1, <see cref="MostDirections"/>].</summary>
    public int Directions { get; init; } = 5;

    /// <summary>How random segments are drawn; null for <see cref="RandomTwin.Reflected"/> where there is a box, else <see cref="RandomTwin.Sphere"/>.</summary>
    public RandomTwin? Twin { get; init; }

    /// <summary>How they are drawn with this box: ways that leave it where an attack may not would make the attack's way look special.</summary>
    public RandomTwin DrawnTwin => Twin ?? (Box is null ? RandomTwin.Sphere : RandomTwin.Reflected);

    /// <summary>The box of <see cref="RandomTwin.Reflected"/>; null for no box.</summary>
    public (double Low, double High)? Box { get; init; }

    /// <summary>How far the way to the nearest input of another class is cut.</summary>
    public OtherWay Other { get; init; }

    internal void Check()
    {
        var faults = new List<string>();
        if (Directions is < 1 or > MostDirections)
            faults.Add($"'Directions' is {Directions}; expected 1 to {MostDirections}.");
        if (Twin is RandomTwin twin && !Enum.IsDefined(twin))
            faults.Add($"'Twin' is {(int)twin}; pass a member of {nameof(RandomTwin)}.");
        if (!Enum.IsDefined(Other))
            faults.Add($"'Other' is {(int)Other}; pass a member of {nameof(OtherWay)}.");
        if (Box is (double low, double high) && !(low < high && double.IsFinite(low) && double.IsFinite(high)))
            faults.Add(FormattableString.Invariant($"'Box' is {low} to {high}; expected finite numbers, the lower first."));
        if (Twin == RandomTwin.Reflected && Box is null)
            faults.Add("'Twin' is Reflected without 'Box'; expected the box to stay in.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
