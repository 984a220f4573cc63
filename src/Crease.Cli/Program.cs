using System.Runtime.InteropServices;
using Crease.Cli;

using var interrupt = new CancellationTokenSource();
// Asked once, by a key or by what manages processes, a job ends with what it has; asked again, at once.
Console.CancelKeyPress += (_, press) => press.Cancel = IsFirst();
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = IsFirst());
Console.OutputEncoding = System.Text.Encoding.UTF8;
return CommandLine.Run(args, Console.Out, Console.Error, interrupt.Token);

bool IsFirst()
{
    if (interrupt.IsCancellationRequested)
        return false;
    interrupt.Cancel();
    return true;
}
