namespace Crease.Lab;

/// <summary>The model whose features a probe reads.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Layers">Number of its layers.</param>
/// <param name="Width">Width of its residual stream.</param>
/// <param name="Precision">Format that it computed in.</param>
public sealed record ProbeOrigin(string Model, int Layers, int Width, string Precision)
{
    /// <summary>Refuses another kind of model.</summary>
    /// <param name="model">Name of the other one, for the message.</param>
    /// <param name="layers">Number of its layers.</param>
    /// <param name="width">Width of its residual stream.</param>
    /// <exception cref="ArgumentException">Layers or width differ; the message is one line.</exception>
    public void Check(string model, int layers, int width)
    {
        if ((layers, width) != (Layers, Width))
            throw new ArgumentException($"{model} has {layers} layers of width {width}; the probe was trained on {Model} with {Layers} layers of width {Width}, so expected a model of that shape");
    }
}
