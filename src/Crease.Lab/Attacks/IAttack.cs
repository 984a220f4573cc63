namespace Crease.Lab;

/// <summary>A method that looks for adversarial inputs.</summary>
public interface IAttack
{
    /// <summary>The word on the command line: <c>fgsm</c>, <c>pgd</c>.</summary>
    string Name { get; }

    /// <summary>Keys in <c>docs/references.bib</c>.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>Names of the methods that it runs one after the other; one for a method by itself.</summary>
    IReadOnlyList<string> Stages => [Name];

    /// <summary>The options as the method uses them: what it does not take is set to what it does.</summary>
    /// <param name="options">What was asked for.</param>
    AttackOptions Settled(AttackOptions options);

    /// <summary>What in the options the method cannot do, half a sentence, or null.</summary>
    /// <param name="options">Settled options.</param>
    string? Fault(AttackOptions options) => null;

    /// <summary>What the method does otherwise than its name says for so many classes, a sentence, or null.</summary>
    /// <param name="classes">Number of classes.</param>
    string? Remark(int classes) => null;

    /// <summary>Attacks the rows of a queue until there is none left; called once by each thread, with a worker of its own.</summary>
    /// <param name="rows">Gives rows to attack and takes what was found.</param>
    /// <param name="worker">The classifier.</param>
    /// <param name="options">Settled options.</param>
    void Run(AttackRows rows, IClassifierWorker worker, AttackOptions options);
}
