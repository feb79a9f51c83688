using System.CommandLine;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Web;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>The operator's commands, with the configured storage (docs/operations.md).</summary>
internal sealed class OperatorCommands(string[] settings, IAnsiConsole console, IAnsiConsole errors)
{
    private readonly Argument<long> revision = CreateRevisionArgument();

    /// <summary>Creates load and restore.</summary>
    public IEnumerable<Command> Create()
    {
        Command load = new("load", "Fills the register of a new deployment with the starting data and publishes it.");
        load.SetAction((_, cancellationToken) => RunAsync(LoadAsync, cancellationToken));
        Command restore = new("restore", "Sets the register's content back to that of a revision and publishes it.") { revision };
        restore.SetAction((result, cancellationToken) =>
            RunAsync((services, token) => RestoreAsync(services, result.GetValue(revision), token), cancellationToken));
        return [load, restore];
    }

    private static Argument<long> CreateRevisionArgument()
    {
        Argument<long> argument = new("REVISION") { Description = "The number of a published revision." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && (!value.All(char.IsAsciiDigit) || !long.TryParse(value, out var number) || number == 0))
            {
                result.AddError("REVISION must be a whole number from 1.");
            }
        });
        return argument;
    }

    private async Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CreateServices(settings);
            return await run(services, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or ConflictException or StorageUnavailableException)
        {
            errors.WriteLine(exception.Message);
            return CommandLineApp.ExitRefused;
        }
    }

    private static ServiceProvider CreateServices(string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(LocalHostApp.FolderSetting, LocalHostApp.DefaultFolder)])
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build();
        return new ServiceCollection().AddLogging().AddServiceOffices(Settings.Read(configuration).Core).BuildServiceProvider();
    }

    private async Task<int> LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<OnDemandSeeder>().RunAsync(cancellationToken) is not { } written)
        {
            errors.WriteLine("The register already has other offices. The starting data is for a new register; nothing was written.");
            return CommandLineApp.ExitRefused;
        }

        // Not an error: a deployment's script may run the command each time.
        console.WriteLine(written > 0 ? $"{written} offices written." : "Nothing to write: the register has been loaded.");
        return await PublishAsync(services, cancellationToken);
    }

    private async Task<int> RestoreAsync(IServiceProvider services, long number, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<RegisterRestore>().RunAsync(number, cancellationToken) is not { } outcome)
        {
            errors.WriteLine($"Revision {number} does not exist; nothing was written.");
            return CommandLineApp.ExitRefused;
        }

        console.WriteLine($"{outcome.Written} offices written, {outcome.Removed} removed, {outcome.Kept} unchanged.");
        foreach (var id in outcome.Unreadable)
        {
            errors.WriteLine($"Rows of '{id}' cannot be read and were left unchanged. Remove them with a table tool.");
        }

        return await PublishAsync(services, cancellationToken);
    }

    private async Task<int> PublishAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var outcome = await services.GetRequiredService<Publisher>().RefreshAsync(cancellationToken);
        if (outcome.Result is RefreshResult.RegisterLost)
        {
            errors.WriteLine("The register is empty although the current publication has offices; nothing was published.");
            return CommandLineApp.ExitRefused;
        }

        console.WriteLine(outcome.Result switch
        {
            RefreshResult.Published => $"Revision {outcome.Revision} is published.",
            RefreshResult.NothingNew => $"Nothing to publish: revision {outcome.Revision} is up to date.",
            _ => "Another refresh is running; the app publishes the change within a minute.",
        });
        return CommandLineApp.ExitSuccess;
    }
}
