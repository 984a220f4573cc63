using Crease.Certificates;

namespace Crease.Cli.Output;

/// <summary>What is known about the distance of one row to another class.</summary>
/// <param name="Index">Row of the data.</param>
/// <param name="Label">The true class, if the data have labels.</param>
/// <param name="Distance">Proved bounds.</param>
/// <param name="Region">The certificate of one region.</param>
/// <param name="Radius">The largest radius that bounds alone prove.</param>
internal sealed record DistanceRow(int Index, int? Label, MinimalDistance Distance, OneRegionCertificate Region, double Radius);
