using System.CommandLine;

namespace Crease.Cli.Commands;

/// <summary><c>crease data</c>: which data sets there are, what is in one, and how to get more.</summary>
internal static class DataCommand
{
    public static Command Create(Shell shell) => new("data", "Data sets: list the known ones, look into one, fetch more.") { DataListCommand.Create(shell), DataShowCommand.Create(shell), DataFetchCommand.Create(shell) };
}
