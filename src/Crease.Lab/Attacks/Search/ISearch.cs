namespace Crease.Lab;

/// <summary>A method that is written for one row: a conversation with the classifier, which <see cref="SearchBatch"/> holds for many rows at once.</summary>
/// <remarks>
/// A long conversation is one of pieces: it begins each with <see cref="RowSearch.IsBehind"/>, leaves out one that is, and asks for a <see cref="Ask.Pause"/> after each. A piece begins from the input, and from what the one
/// before has left in the row by <see cref="RowSearch.Hand"/>.
/// </remarks>
internal interface ISearch : IAttack
{
    /// <summary>The conversation from the first question after the input's own logits; the row keeps what is found.</summary>
    /// <param name="row">The row, at its input, whose logits are known and do not meet the criterion.</param>
    /// <param name="options">Settled options.</param>
    IEnumerable<Ask> Search(RowSearch row, AttackOptions options);

    /// <inheritdoc/>
    void IAttack.Run(AttackRows rows, IClassifierWorker worker, AttackOptions options) => new SearchBatch(rows, worker, options, this).Run();
}
