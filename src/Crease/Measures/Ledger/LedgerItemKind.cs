namespace Crease.Measures;

/// <summary>What compute was spent on; whether it counts follows from it.</summary>
public enum LedgerItemKind
{
    /// <summary>Pre-training.</summary>
    PreTraining,

    /// <summary>Fine-tuning, alignment included.</summary>
    FineTuning,

    /// <summary>Forward passes that made data for the training which are not public, discarded samples included.</summary>
    SyntheticData,

    /// <summary>Data made by a model that anybody can get.</summary>
    PublicSyntheticData,

    /// <summary>Compute of models whose weights were merged in, or that the training began with.</summary>
    InitialWeights,

    /// <summary>Evaluation.</summary>
    Evaluation,

    /// <summary>Red-teaming.</summary>
    RedTeaming,

    /// <summary>Experiments that failed, and exploratory research.</summary>
    Experiments,

    /// <summary>The parent model of a distillation.</summary>
    DistillationParent,

    /// <summary>Auxiliary models: of rewards, of values.</summary>
    AuxiliaryModels,

    /// <summary>Activations computed again to save memory.</summary>
    Recomputation,
}
