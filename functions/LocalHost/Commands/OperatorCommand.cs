using System.Globalization;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Web;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>What whoever runs the platform does now and then, on the storage that the settings name: docs/operations.md.</summary>
public static class OperatorCommand
{
    private const int ExitSuccess = 0;
    private const int ExitRefused = 1;
    private const int ExitUsage = 2;

    private const string Usage = """
        load               fills the register of a new deployment with the starting data, then publishes it
        restore REVISION   makes the register say again what that revision says, then publishes it

        Both take settings as --Name=value, such as --Storage:TableEndpoint=https://… --Storage:BlobEndpoint=https://…
        """;

    /// <summary>Whether the arguments name a command of this kind.</summary>
    public static bool CanHandle(string[] args) => args is ["load" or "restore", ..];

    /// <returns>The process's exit code: 0 done, or nothing to do; 1 refused or failed, nothing half-done stays; 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var commandArgs = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        try
        {
            await using var services = BuildServices(args[commandArgs.Length..]);
            return commandArgs switch
            {
                ["load"] => await LoadAsync(services, output, errors, cancellationToken),
                ["restore", var number] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) =>
                    await RestoreAsync(services, revision, output, errors, cancellationToken),
                _ => await WriteUsageAsync(errors),
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or ConflictException or StorageUnavailableException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitRefused;
        }
    }

    private static ServiceProvider BuildServices(string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(LocalHostApp.FolderSetting, LocalHostApp.DefaultFolder)])
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build();
        return new ServiceCollection().AddLogging().AddServiceOffices(Settings.Read(configuration).Core).BuildServiceProvider();
    }

    private static async Task<int> LoadAsync(ServiceProvider services, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<OnDemandSeeder>().RunAsync(cancellationToken) is not { } written)
        {
            await errors.WriteLineAsync("The register holds other offices already: the starting data is for a new one, and nothing was written.");
            return ExitRefused;
        }

        // Not an error: a deployment's script may run it each time.
        await output.WriteLineAsync(written > 0 ? $"{written} offices written." : "Nothing to write: the register has been loaded.");
        return await PublishAsync(services, output, errors, cancellationToken);
    }

    private static async Task<int> RestoreAsync(
        ServiceProvider services, long revision, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<RegisterRestore>().RunAsync(revision, cancellationToken) is not { } outcome)
        {
            await errors.WriteLineAsync($"There is no revision {revision}; nothing was written.");
            return ExitRefused;
        }

        await output.WriteLineAsync($"{outcome.Written} offices written, {outcome.Removed} removed, {outcome.Kept} as they were.");
        foreach (var id in outcome.Unreadable)
        {
            await errors.WriteLineAsync($"Rows of '{id}' cannot be read and stay; remove them with a table tool.");
        }

        return await PublishAsync(services, output, errors, cancellationToken);
    }

    private static async Task<int> PublishAsync(ServiceProvider services, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var outcome = await services.GetRequiredService<Publisher>().RefreshAsync(cancellationToken);
        if (outcome.Result is RefreshResult.RegisterLost)
        {
            await errors.WriteLineAsync("The register is empty where a publication has offices: nothing was published.");
            return ExitRefused;
        }

        await output.WriteLineAsync(outcome.Result switch
        {
            RefreshResult.Published => $"Revision {outcome.Revision} is published.",
            RefreshResult.NothingNew => $"Revision {outcome.Revision} says so already.",
            _ => "It is published by the app within a minute: another refresh is under way.",
        });
        return ExitSuccess;
    }

    private static async Task<int> WriteUsageAsync(TextWriter errors)
    {
        await errors.WriteLineAsync(Usage);
        return ExitUsage;
    }
}
