using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>All measures of Crease, one line each. A new measure gets its line here; tests look for its verb, page, figure and source.</summary>
public static class MeasureCatalog
{
    /// <summary>All measures, in the order of the guide.</summary>
    public static ImmutableArray<Measure> All { get; } =
    [
        new("linear regions", "how a network cuts a plane into affine pieces: count, areas, shapes, slopes, neighbors", "regions, input units", "exact or certified", "partition", "humayun2023splinecam", "partition", "images/moons.svg"),
        new("decision boundary", "where two classes tie on a plane: segments and length", "input units", "exact or certified", "partition --boundary", "humayun2023splinecam", "partition", "images/moons.svg"),
        new("crossings of a segment", "every crease between two inputs, with the map of each piece", "crossings, input units", "exact", "segment", "hanin2019complexity", "segment", "images/segment.svg"),
        new("regions and level sets in space", "regions of a box in three directions, or the exact surface where an output has a value", "regions, input units", "exact", "volume", "lei2020analytic", "volume", "images/torus.png"),
        new("affine map and templates", "the map A x + c that an input is in, its rows as images, each score split into match and offset", "outputs per input unit", "exact", "explain", "balestriero2018spline", "templates", "images/templates.svg"),
        new("likeness of templates", "how alike the templates of two classes are over many inputs", "|cos|", "exact per input", "explain --data", "balestriero2021madmax", "templates", "images/template-likeness.svg"),
        new("Lipschitz constants and convexity", "steepest slope in the region, a bound anywhere, whether the network is convex", "outputs per input unit", "exact in the region, bound elsewhere", "explain --bound", "balestriero2018spline", "templates", "images/templates.svg"),
        new("partition distance", "share of units on different pieces between inputs; neighbors, clusters and shared regions", "share of units", "exact", "codes", "balestriero2021madmax", "templates", "images/codes.svg"),
        new("softness", "how outputs and classes change when hard units are made soft", "share of samples, outputs", "exact", "soften", "balestriero2019hard", "templates", "images/soften.svg"),
        new("power diagrams by layer", "the creases that each layer adds to those before it", "regions per layer", "exact", "layers", "balestriero2019geometry", "power-diagrams", "images/layers.svg"),
        new("centroid and radius", "the site of the region of an input in the power diagram of each layer, as an image and over training", "outputs per input unit", "exact", "explain --centroids", "balestriero2019geometry", "power-diagrams", "images/centroids.svg"),
        new("distance to creases", "how far samples are from the nearest crease of each layer, and of all so far", "input units", "exact to the border of the region", "distances", "balestriero2019geometry", "power-diagrams", "images/crease-distances.svg"),
        new("local complexity", "units that change sign near an input, per layer and in total", "units", "sampled directions", "complexity", "humayun2024grok", "complexity", "images/complexity.svg"),
        new("training dynamics", "complexity, accuracy and robustness against steps, and the phases in them", "units, shares", "sampled", "dynamics", "humayun2024grok", "dynamics", "papers/grokking/curves-default.svg"),
        new("concentration of creases", "crossings per length on the way to adversarial inputs against other ways", "crossings per input unit", "exact per segment, sampled over them", "concentration", "hanin2019complexity", "concentration", "images/concentration.svg"),
        new("intrinsic dimension", "dimension of data by many estimators, with intervals and scales", "dimensions", "sampled", "dimension", "facco2017twonn", "dimension", "images/dimension-scale.svg"),
        new("dimension of activations", "the same along the layers of a network", "dimensions", "sampled", "dimension --network", "ansuini2019intrinsic", "dimension", "images/dimension-layers.svg"),
        new("tangent kernel", "empirical kernel, spectrum, alignment with labels, training in closed form, drift over a run, infinite width", "squared outputs per squared parameter", "exact", "kernel", "jacot2018ntk", "kernel", "images/kernel.svg"),
        new("laws of batch normalization", "creases through the mean, least squares, distances with and without it", "relative errors, input units", "exact on the batch", "normalization", "riedi2026provable", "normalization", "images/normalization.svg"),
        new("crease jitter", "how far creases, codes and classes move from batch to batch", "standard deviations, shares", "sampled", "normalization --jitter", "balestriero2022batchnorm", "normalization", "images/normalization-jitter.png"),
        new("volume element", "how much a generator stretches volume in each region of its latent space", "output volume per latent volume", "exact", "generator", "humayun2022magnet", "generator", "images/generator.svg"),
        new("re-weighted samples", "samples of a generator toward the uniform density, modes or anti-modes, and their effective size", "weights", "sampled, weights exact", "generator --polarity", "humayun2022polarity", "generator", "images/decoder.svg"),
        new("loss over weights", "Hessian spectrum of one layer, conditioning, the exact profile along lines", "loss per squared weight", "exact inside the tile", "loss", "balestriero2024geometry", "loss", "images/loss.svg"),
        new("rounded weights", "what few bits change in accuracy, robustness, certificates, regions and boundary", "shares, input units", "exact, shares sampled", "quantize", "song2020quantized", "quantize", "images/quantize.svg"),
        new("accuracy under attack", "share of inputs that no attack moved to another class within a radius: an upper bound on robust accuracy", "share of samples", "sampled", "attack", "croce2020reliable", "attack", "papers/tradeoff/accuracy-robustness.svg"),
        new("certified accuracy and distance", "share of inputs that nothing within a radius moves to another class, and how far it holds", "share of samples, input units", "certified", "certify", "zhang2018efficient", "certify", "images/certified-distances.svg"),
        new("certified radius by smoothing", "radius that holds for the majority class under Gaussian noise", "input units", "sampled with a confidence", "certify --smoothing", "cohen2019certified", "certify", "papers/tradeoff/smoothing.svg"),
        new("attention dimension", "how many tokens each layer and head attends to, with bounds on regions", "dimensions", "exact per prompt", "language dimension", "balestriero2024characterizing", "attention-dimension", "images/attention-dimension.svg"),
        new("spline features of prompts", "seven numbers per layer from the gates of the perceptrons", "numbers per layer", "exact per prompt", "language features", "balestriero2024characterizing", "language", "images/layer-profile.svg"),
        new("probes of prompts", "how well the features tell labels, beside length, words, sources and shuffled labels", "area under the curve", "sampled", "language probe", "balestriero2024characterizing", "language-probe", "images/probe-by-score.svg"),
        new("context audit", "how the attention dimension of a question changes with its context", "dimensions", "exact per prompt", "language audit", "balestriero2024characterizing", "attention-dimension", "images/attention-audit.svg"),
        new("operations and training compute", "multiply-adds, FLOP and parameters per layer; compute of a training beside legal thresholds", "FLOP", "exact counts, estimated trainings", "compute", "aiact2024", "compute", "images/compute.svg"),
    ];
}
