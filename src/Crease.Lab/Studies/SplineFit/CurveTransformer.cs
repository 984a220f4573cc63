using TorchSharp;

namespace Crease.Lab;

/// <summary>One block without norms that predicts the next value of a curve from those before it: attention of the last token, then a ReLU perceptron.</summary>
/// <remarks>
/// Notation: token j is x_j = v_j e + p_j, with v_j the value; u = x_T + Σ_h O_h Σ_j a_hj V_h x_j; y = r · (u + D relu(G u + g)) + c. A token is affine in its
/// value, so keys and values of e and p_j are made once and not for every place: cost O(heads · context · head width) per place.
/// Source of the setting: Cosentino and Shekkizhar (<c>cosentino2024reasoning</c>).
/// </remarks>
internal sealed class CurveTransformer(int heads, int context, int gates) : CurveModel
{
    /// <summary>Length of a token's vector.</summary>
    public const int TokenWidth = 24;

    /// <summary>Length of a query, key or value of one head.</summary>
    public const int HeadWidth = 4;

    private static readonly double Spread = 1 / Math.Sqrt(TokenWidth);

    public override IReadOnlyList<TensorPlan> Tensors { get; } =
    [
        new("embedding", [TokenWidth], TensorStart.Normal, 1, true),
        new("positions", [context, TokenWidth], TensorStart.Normal, 1, true),
        new("queries", [heads * HeadWidth, TokenWidth], TensorStart.Normal, Spread, true),
        new("keys", [heads * HeadWidth, TokenWidth], TensorStart.Normal, Spread, true),
        new("values", [heads * HeadWidth, TokenWidth], TensorStart.Normal, Spread, true),
        new("outputs", [TokenWidth, heads * HeadWidth], TensorStart.Normal, 1 / Math.Sqrt(HeadWidth), true),
        new("gate.weight", [gates, TokenWidth], TensorStart.Normal, Spread, true),
        new("gate.bias", [gates], TensorStart.Normal, 1, true),
        new("down.weight", [TokenWidth, gates], TensorStart.Normal, 1 / Math.Sqrt(gates), true),
        new("read.weight", [1, TokenWidth], TensorStart.Normal, Spread, true),
        new("read.bias", [1], TensorStart.Constant, 0, true),
    ];

    public override int Width => context;

    /// <summary>Distance of two tokens along the curve; set by the number of bins.</summary>
    public required double Step { get; init; }

    // The last token is the one before the place to predict.
    public override double[] Inputs(ReadOnlySpan<double> places, Func<double, double> curve)
    {
        var inputs = new double[places.Length * context];
        for (int place = 0; place < places.Length; place++)
        {
            for (int token = 0; token < context; token++)
                inputs[place * context + token] = curve(places[place] - (context - token) * Step);
        }
        return inputs;
    }

    public override (torch.Tensor Outputs, torch.Tensor Gates) Run(IReadOnlyList<torch.Tensor> weights, torch.Tensor inputs)
    {
        long places = inputs.shape[0];
        torch.Tensor embedding = weights[0], positions = weights[1];
        torch.Tensor last = inputs.narrow(1, context - 1, 1).mul(embedding).Plus(positions.select(0, context - 1));
        torch.Tensor queries = last.matmul(weights[2].t()).Times(1 / Math.Sqrt(HeadWidth)).view(places, heads, HeadWidth).transpose(0, 1);
        (torch.Tensor ofKey, torch.Tensor ofPlaceKeys) = Parts(weights[3]);
        (torch.Tensor ofValue, torch.Tensor ofPlaceValues) = Parts(weights[4]);
        // Scores of the parts of a token: shape [heads, places, context].
        torch.Tensor scores = queries.matmul(ofKey.unsqueeze(2)).mul(inputs.unsqueeze(0)).Plus(queries.matmul(ofPlaceKeys.transpose(1, 2)));
        torch.Tensor attention = scores.softmax(-1);
        torch.Tensor seen = attention.mul(inputs.unsqueeze(0)).sum(-1, keepdim: true);
        torch.Tensor mixed = seen.mul(ofValue.unsqueeze(1)).Plus(attention.matmul(ofPlaceValues)).transpose(0, 1).reshape(places, heads * HeadWidth);
        torch.Tensor middle = last.Plus(mixed.matmul(weights[5].t())), codes = torch.nn.functional.linear(middle, weights[6], weights[7]);
        torch.Tensor top = middle.Plus(codes.relu().matmul(weights[8].t()));
        return (torch.nn.functional.linear(top, weights[9], weights[10]).squeeze(1), codes);

        // What a projection makes of the embedding, shape [heads, head width], and of each position, shape [heads, context, head width].
        (torch.Tensor, torch.Tensor) Parts(torch.Tensor projection) =>
            (projection.matmul(embedding).view(heads, HeadWidth), positions.matmul(projection.t()).view(context, heads, HeadWidth).transpose(0, 1));
    }
}
