namespace Crease.Measures;

/// <summary>Which points at equal distance an adversarial twin is compared with.</summary>
public enum RandomTwin
{
    /// <summary>A uniformly random direction; the point may leave the range of the data.</summary>
    Sphere,

    /// <summary>A uniformly random direction in which every number whose change would leave the box changes the other way: the length is the same, and the point stays in the box where the changes are small enough.</summary>
    Reflected,

    /// <summary>The changes of the adversarial twin itself, put to other numbers at random and with random signs: equally long in every norm.</summary>
    Shuffled,
}
