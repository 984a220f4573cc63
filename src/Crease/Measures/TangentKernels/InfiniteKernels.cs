namespace Crease.Measures;

/// <summary>The two kernels of an infinitely wide network: of its outputs at initialization, and of gradient descent on all its parameters.</summary>
/// <param name="Covariance">NNGP: the covariance of the outputs of random networks.</param>
/// <param name="Tangent">NTK: the tangent kernel, which stays fixed during training in this limit.</param>
public sealed record InfiniteKernels(KernelMatrix Covariance, KernelMatrix Tangent);
