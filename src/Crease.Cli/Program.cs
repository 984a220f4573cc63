using Crease.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupt.Cancel();
};
Console.OutputEncoding = System.Text.Encoding.UTF8;
return CommandLine.Run(args, Console.Out, Console.Error, interrupt.Token);
