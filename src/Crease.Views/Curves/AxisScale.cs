namespace Crease.Views;

/// <summary>How numbers become positions on an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal steps are equally long.</summary>
    Linear,

    /// <summary>Equal factors are equally long, with a tick per decade; numbers that are not positive have no place and are left out.</summary>
    Logarithmic,
}
