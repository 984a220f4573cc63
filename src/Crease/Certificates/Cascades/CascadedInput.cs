using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>What a cascade answers for one input of a data set and one ε, and what was proved of its stages.</summary>
/// <param name="Index">Row of the data.</param>
/// <param name="Label">The true class.</param>
/// <param name="Epsilon">Radius of the ball.</param>
/// <param name="Stages">What was proved of each stage that was asked, in order, each about its own predicted class, which stands as its label.</param>
/// <param name="Predicted">The class that each stage predicts at the input, asked or not; -1 where logits are not finite. Shape [stages].</param>
public sealed record CascadedInput(int Index, int Label, double Epsilon, ImmutableArray<CertifiedInput> Stages, ImmutableArray<int> Predicted)
{
    /// <summary>0-based stage that answers: the first that certifies its class, else the last.</summary>
    public int Stage => Stages.Length - 1;

    /// <summary>The answer.</summary>
    public int Class => Predicted[Stage];

    /// <summary>Whether the stage that answers certifies its class: it gives that class to every input of the ball and the box.</summary>
    public bool IsCertified => Stages[^1].Verdict == Verdict.Verified;

    /// <summary>Whether the answer is the true class.</summary>
    public bool IsRight => Class == Label;

    /// <summary>Whether the answer is certified and every stage predicts it at the input.</summary>
    /// <remarks>
    /// Then no input of the ball is answered by a certificate for another class: the stage that gave it would be constant on a ball around that input, and this input, at which that stage predicts the same class as all
    /// others, lies in it. Without it the certificate of one stage says nothing of the answers of the cascade nearby (Mangal et al. 2023, <c>mangal2023perils</c>).
    /// </remarks>
    public bool IsAgreed => IsCertified && Predicted.All(each => each == Class);

    /// <summary>Boxes or unit decisions that were looked at.</summary>
    public long Domains => Stages.Sum(each => each.Domains);

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds => Stages.Sum(each => each.Seconds);
}
