namespace Crease.Cli.Output;

/// <summary>The largest radius that bounds alone prove for one row.</summary>
/// <param name="Index">Row of the data.</param>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Radius">0 where the row is misclassified or nothing is proved, ∞ for the whole box.</param>
internal sealed record RadiusRow(int Index, int Label, int Predicted, double Radius);
