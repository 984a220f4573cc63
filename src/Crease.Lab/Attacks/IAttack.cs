namespace Crease.Lab;

/// <summary>A method that looks for adversarial inputs.</summary>
public interface IAttack
{
    /// <summary>The word on the command line: <c>fgsm</c>, <c>pgd</c>.</summary>
    string Name { get; }

    /// <summary>The options as the method uses them: what it does not take is set to what it does.</summary>
    /// <param name="options">What was asked for.</param>
    AttackOptions Settled(AttackOptions options);

    /// <summary>Attacks the rows of a queue until there is none left; called once by each thread, with a worker of its own.</summary>
    /// <param name="rows">Gives rows to attack and takes what was found.</param>
    /// <param name="worker">The classifier.</param>
    /// <param name="options">Settled options.</param>
    void Run(AttackRows rows, IClassifierWorker worker, AttackOptions options);
}
