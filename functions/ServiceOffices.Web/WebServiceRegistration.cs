using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ODataEngine.Execution.Indexes;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Telemetry;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web;

/// <summary>Registers all services, from the settings to the endpoints.</summary>
public static class WebServiceRegistration
{
    /// <summary>Adds everything that the triggers need. The host adds log providers, and may add its own <see cref="TimeProvider"/> before.</summary>
    /// <exception cref="InvalidOperationException">Settings are wrong; the message names each of them.</exception>
    public static IServiceCollection AddServiceOfficesWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = Settings.Read(configuration);
        services.AddLogging(AddLogFilters);
        services.AddServiceOffices(settings.Core);
        AddOData(services, settings);
        AddEndpoints(services, settings);
        return services;
    }

    // ASP.NET Core and the Azure SDK log URLs with their queries, which may hold a key. The Functions worker does not read
    // the log levels of host.json, so they are set here.
    private static void AddLogFilters(ILoggingBuilder logging) => logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);

    private static void AddOData(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new ODataOptions
        {
            Limits = settings.Limits,
            ExpensiveQueries = new ExpensiveQueries(settings.Limits.MaxExpensiveQueries),
            FileFormats = ExportFormats.CreateForQueries(EventSchema.CalendarIdentity),
            Indexing = new IndexOptions { MaxBytes = settings.MaxIndexBytes },
            UsesCollations = settings.UsesSwedishOrder,
            Telemetry = Metrics.Engine,
        });
        services.AddSingleton(RegisterModel.Model);
        services.AddSingleton<ITableSource, PublicationTableSource>();
        services.AddSingleton<ODataService>();
    }

    private static void AddEndpoints(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(Deprecation.Current);
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton(new PublicUrl(settings.PublicUrl));
        services.AddSingleton(new ReplyCache(settings.MaxReplyCacheBytes));
        // Each route has its own limit, whose error names the setting. Kestrel's limit of 30 MB would be reached first.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        services.AddSingleton(new RequestContentLimiter(settings.MaxBufferedBytes, settings.MinBytesPerSecond));
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<FailedKeyLimiter>(services, settings.MaxFailedKeys));
        services.AddSingleton(new DownloadsOptions(settings.DownloadsRedirectTo));
        services.AddSingleton(settings.Catalog);
        services.AddSingleton(new PortalSite(CreatePortalOptions(settings)));
        services.AddSingleton<OpenApiEndpoint>();
        services.AddSingleton<ApiInfoEndpoint>();
        services.AddSingleton<DocsEndpoint>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton<NotFoundEndpoint>();
        services.AddSingleton<PortalEndpoint>();
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<ODataEndpoint>(services, ODataEndpoint.ServiceRootPath));
        services.AddSingleton<DownloadsEndpoint>();
        services.AddSingleton<DatasetsEndpoint>();
        services.AddSingleton<DataPackageEndpoint>();
        services.AddSingleton<DictionaryEndpoint>();
        services.AddSingleton<FeedsEndpoint>();
        services.AddSingleton<PublicationsEndpoint>();
        services.AddSingleton<RefreshEndpoint>();
        services.AddSingleton<RegisterEndpoint>();
        services.AddSingleton<SecurityTxtEndpoint>();
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
