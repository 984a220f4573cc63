using System.Globalization;

namespace Crease.Measures;

/// <summary>Numbers as a notification gives them.</summary>
public static class ScientificText
{
    /// <summary>Two significant figures, rounded and never cut off: 9.97e24 is <c>1.0 × 10^25</c>.</summary>
    /// <param name="value">A finite number from 0.</param>
    public static string TwoFigures(double value)
    {
        if (value == 0)
            return "0";
        string[] parts = value.ToString("e1", CultureInfo.InvariantCulture).Split('e');
        return $"{parts[0]} × 10^{int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}";
    }
}
