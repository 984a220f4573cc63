using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Progress of one of several equal parts of a job.</summary>
internal sealed class PartProgress(IProgress<Progress> whole, int part, int parts) : IProgress<Progress>
{
    public static PartProgress? Of(IProgress<Progress>? whole, int part, int parts) => whole is null ? null : new PartProgress(whole, part, parts);

    public void Report(Progress value) => whole.Report(value with { Share = (part + value.Share) / parts });
}
