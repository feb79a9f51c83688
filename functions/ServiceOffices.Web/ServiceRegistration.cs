using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ODataEngine.Execution.Indexes;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
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
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web;

/// <summary>Puts the platform together: the one place that knows which storage it runs on.</summary>
public static class ServiceRegistration
{
    private const string DatabaseName = "register.db";

    /// <summary>Everything that the triggers need. A host says where logs go, and may add a <see cref="TimeProvider"/> of its own before.</summary>
    /// <exception cref="InvalidOperationException">The settings are wrong; the message names every one.</exception>
    public static IServiceCollection AddServiceOffices(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = Settings.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddLogging(AddLogFilters);
        AddStorage(services, settings);
        AddPublishing(services, settings);
        AddOData(services, settings);
        AddEditing(services, settings);
        AddEndpoints(services, settings);
        return services;
    }

    // The framework and the Azure SDK log every address with its query, and a key in it. In the Functions app only this holds: its
    // host.json says nothing to the worker.
    private static void AddLogFilters(ILoggingBuilder logging) => logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);

    private static void AddStorage(IServiceCollection services, Settings settings)
    {
        var clients = settings switch
        {
            { StorageConnectionString: { } connectionString } => AzureStorageClients.FromConnectionString(connectionString),
            { StorageTableEndpoint: { } tables, StorageBlobEndpoint: { } blobs } => AzureStorageClients.FromAccount(tables, blobs),
            _ => null,
        };
        if (clients is not null)
        {
            services.AddSingleton<IRegisterStore>(new TableRegisterStore(clients.Tables.GetTableClient(TableRegisterStore.TableName)));
            services.AddSingleton<IPublicationStore>(services => new BlobPublicationStore(
                clients.Blobs.GetBlobContainerClient(BlobPublicationStore.ContainerName), services.GetRequiredService<TimeProvider>()));
            services.AddSingleton(services => new ImportStore(
                new BlobPublicationStore(clients.Blobs.GetBlobContainerClient(ImportStore.ContainerName), services.GetRequiredService<TimeProvider>()),
                services.GetRequiredService<TimeProvider>()));
            return;
        }

        var database = Path.Combine(OpenFolder(settings.StorageFolder!), DatabaseName);
        services.AddSingleton<IRegisterStore>(new SqliteRegisterStore(database));
        services.AddSingleton<IPublicationStore>(services => new SqlitePublicationStore(database, services.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ImportStore>();
    }

    private static string OpenFolder(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The settings are wrong. Storage:Folder must be a folder that can be written to; got '{folder}'.", e);
        }
    }

    private static void AddPublishing(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(SeedData.Reference);
        services.AddSingleton(ExportFormats.CreateAll(settings.PublicUrl?.TrimEnd('/') + ODataEndpoint.ServiceRootPath));
        services.AddSingleton<PublicationReader>();
        services.AddSingleton(services => new CurrentPublication(
            services.GetRequiredService<PublicationReader>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<CurrentPublication>>(),
            settings.RevalidateSeconds));
        services.AddSingleton<PendingImportProcessor>();
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<Publisher>(
            services, (Func<RefreshLease, CancellationToken, Task>)services.GetRequiredService<PendingImportProcessor>().CompleteAsync));
        services.AddSingleton<OnDemandSeeder>();
        services.AddSingleton<RegisterRestore>();
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<RegisterRefresh>(services, settings.LoadStartingRegister));
    }

    private static void AddEditing(IServiceCollection services, Settings settings)
    {
        services.AddSingleton<EditValidator>();
        services.AddSingleton<BackgroundPublisher>();
        services.AddSingleton<RegisterEditor>();
        services.AddSingleton(settings.Editing);
        services.AddSingleton<Importer>();
        services.AddSingleton(new EditorKeys((settings.KeyNames?.Split(';') ?? [])
            .ToDictionary(pair => pair[..8], pair => pair[9..], StringComparer.Ordinal)));
        if (settings is { TokenAuthority: { } authority, TokenAudience: { } audience })
        {
            services.AddSingleton(_ => new EditorTokenValidator(authority, audience));
        }
    }

    private static void AddOData(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new ODataOptions
        {
            Limits = settings.Limits,
            FileFormats = ExportFormats.ForQueries,
            Indexing = new IndexOptions { MaxBytes = settings.MaxIndexBytes },
        });
        services.AddSingleton(RegisterModel.Model);
        services.AddSingleton<ITableSource, PublicationTableSource>();
        services.AddSingleton<ODataService>();
    }

    private static void AddEndpoints(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(Deprecation.Current);
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton<OpenApiEndpoint>();
        services.AddSingleton<ApiInfoEndpoint>();
        services.AddSingleton<DocsEndpoint>();
        services.AddSingleton(new PublicUrl(settings.PublicUrl));
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton(new PortalSite(CreatePortalOptions(settings)));
        services.AddSingleton<PortalEndpoint>();
        services.AddSingleton(new ReplyCache(settings.MaxReplyCacheBytes));
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<ODataEndpoint>(services, ODataEndpoint.ServiceRootPath));
        services.AddSingleton(new DownloadsOptions(settings.DownloadsRedirectTo));
        services.AddSingleton<DownloadsEndpoint>();
        services.AddSingleton(settings.Catalog);
        services.AddSingleton<DatasetsEndpoint>();
        services.AddSingleton<DataPackageEndpoint>();
        services.AddSingleton<DictionaryEndpoint>();
        services.AddSingleton<FeedsEndpoint>();
        services.AddSingleton<PublicationsEndpoint>();
        services.AddSingleton<RefreshEndpoint>();
        services.AddSingleton<RegisterEndpoint>();
    }

    private static PortalOptions CreatePortalOptions(Settings settings) => new()
    {
        Formats = [.. ExportFormats.ForQueries.Where(format => format.GetUnsupportedReason(OfficeSchema.Definition.Type) is null).Select(format => format.Name)],
        ContactName = settings.Catalog.ContactName,
        ContactEmail = settings.Catalog.ContactEmail,
        ContactPage = settings.Catalog.ContactPage,
        Limits =
        [
            ("OData:MaxPageSize", settings.Limits.MaxPageSize),
            ("OData:MaxQueryLength", settings.Limits.MaxQueryLength),
            ("OData:MaxExpandDepth", settings.Limits.MaxExpandDepth),
            ("OData:MaxExpandedEntities", settings.Limits.MaxExpandedEntities),
            ("OData:MaxSteps", settings.Limits.MaxSteps),
            ("OData:MaxMilliseconds", settings.Limits.MaxMilliseconds),
            ("OData:MaxBatchRequests", settings.Limits.MaxBatchRequests),
            ("OData:MaxBodyBytes", settings.Limits.MaxBodyBytes),
        ],
    };
}
