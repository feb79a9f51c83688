using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ODataEngine.Formats;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Access;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Schema;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;

namespace ServiceOffices;

/// <summary>Registers the services below HTTP: storage, publishing and editing.</summary>
public static class ServiceRegistration
{
    private const string DatabaseName = "register.db";

    /// <summary>Adds storage, publishing and editing. The host adds logging, and may add its own <see cref="TimeProvider"/> before.</summary>
    /// <exception cref="InvalidOperationException">The folder of the embedded store cannot be created.</exception>
    public static IServiceCollection AddServiceOffices(this IServiceCollection services, ServiceOfficesOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddStorage(services, options.Storage);
        AddPublishing(services, options.Publishing);
        AddEditing(services, options.Editing);
        AddAccess(services, options.Access);
        return services;
    }

    private static void AddStorage(IServiceCollection services, StorageOptions options)
    {
        var clients = options switch
        {
            { ConnectionString: { } connectionString } => AzureStorageClients.FromConnectionString(connectionString),
            { TableEndpoint: { } tables, BlobEndpoint: { } blobs } => AzureStorageClients.FromAccount(tables, blobs),
            _ => null,
        };
        if (clients is not null)
        {
            services.AddSingleton<IRegisterStore>(new TableRegisterStore(clients.Tables.GetTableClient(TableRegisterStore.TableName)));
            services.AddSingleton<IPublicationStore>(services => new BlobPublicationStore(
                clients.Blobs.GetBlobContainerClient(BlobPublicationStore.ContainerName), services.GetRequiredService<TimeProvider>()));
            services.AddSingleton(services => new ImportStore(
                new BlobFileStore(clients.Blobs.GetBlobContainerClient(ImportStore.ContainerName)), services.GetRequiredService<TimeProvider>()));
            return;
        }

        var database = Path.Combine(CreateFolder(options.Folder!), DatabaseName);
        // At start and not at the first use: a database of a newer version is a reason not to start.
        SqliteRegisterStore.Migrate(database);
        services.AddSingleton<IRegisterStore>(services => new SqliteRegisterStore(database, services.GetRequiredService<ILogger<SqliteRegisterStore>>()));
        services.AddSingleton<IPublicationStore>(services => new SqlitePublicationStore(database, services.GetRequiredService<TimeProvider>()));
        services.AddSingleton(services => new ImportStore(
            new SqliteFileStore(database, services.GetRequiredService<TimeProvider>()), services.GetRequiredService<TimeProvider>()));
    }

    private static string CreateFolder(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The settings are wrong. Storage:Folder must be a writable folder; got '{folder}'.", e);
        }
    }

    private static void AddPublishing(IServiceCollection services, PublishingOptions options)
    {
        services.AddSingleton(SeedData.Reference with { PlanExpiryMonths = options.PlanExpiryMonths });
        services.AddSingleton(ExportFormats.CreateAll(options.EntityUrlRoot, EventSchema.CalendarIdentity));
        services.AddSingleton(options.Reads);
        services.AddSingleton<StorageGuard>();
        services.AddSingleton<PublicationReader>();
        services.AddSingleton(services => new CurrentPublication(
            services.GetRequiredService<PublicationReader>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<CurrentPublication>>(),
            options.RevalidateSeconds,
            services.GetRequiredService<IReadOnlyList<ExportFormat>>(),
            options.KeptExports));
        services.AddSingleton<IRefreshStep, PendingImportProcessor>();
        if (options.KeptExports is { } keptExports)
        {
            services.AddSingleton<IRefreshStep>(services => ActivatorUtilities.CreateInstance<ExpiredExports>(services, keptExports));
        }

        services.AddSingleton<Publisher>();
        services.AddSingleton<OnDemandSeeder>();
        services.AddSingleton<RegisterRestore>();
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<RegisterRefresh>(services, options.SeedUnusedRegister));
    }

    private static void AddEditing(IServiceCollection services, EditingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<EditValidator>();
        services.AddSingleton<BackgroundPublisher>();
        services.AddSingleton<RegisterEditor>();
        services.AddSingleton<Importer>();
    }

    private static void AddAccess(IServiceCollection services, AccessOptions options)
    {
        services.AddSingleton(EditorKeys.Parse(options.KeyNames));
        if (options is { TokenAuthority: { } authority, TokenAudience: { } audience })
        {
            services.AddSingleton(_ => new EditorTokenValidator(authority, audience));
        }
    }
}
