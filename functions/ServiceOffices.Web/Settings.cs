using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ODataEngine;
using ServiceOffices.Editing;
using ServiceOffices.Publishing;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Telemetry;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web;

/// <summary>All settings, validated before anything starts. docs/settings.md describes them.</summary>
public sealed partial record Settings
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Options of storage, publishing and editing.</summary>
    public required ServiceOfficesOptions Core { get; init; }

    /// <summary>The base URL that clients use, for absolute links; null: that of each request.</summary>
    public string? PublicUrl { get; private init; }

    /// <summary>The URL to which downloads are redirected, without a closing slash; null: this service sends the bytes.</summary>
    public string? DownloadsRedirectTo { get; private init; }

    public ODataLimits Limits { get; private init; } = new();

    public CatalogOptions Catalog { get; private init; } = new();

    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>Maximum bytes of all indexes; 0: no indexes.</summary>
    public long MaxIndexBytes { get; private init; }

    /// <summary>True: names are ordered by the Swedish alphabet; false: by code unit.</summary>
    public bool UsesSwedishOrder { get; private init; }

    /// <summary>Maximum bytes of cached OData replies; 0: no cache.</summary>
    public long MaxReplyCacheBytes { get; private init; }

    /// <summary>Maximum bytes of the buffers for the content of all requests.</summary>
    public long MaxBufferedBytes { get; private init; }

    /// <summary>Minimum data rate of the content of a request.</summary>
    public int MinBytesPerSecond { get; private init; }

    /// <summary>Maximum number of wrong keys and tokens of a client per minute.</summary>
    public int MaxFailedKeys { get; private init; }

    /// <exception cref="InvalidOperationException">Settings are wrong, or no storage is set; the message names each of them.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var (defaults, catalog) = (new ODataLimits(), new CatalogOptions());
        var publicUrl = reader.ReadBaseUrl("PublicAddress");
        var settings = new Settings
        {
            Core = ReadCore(reader, publicUrl),
            PublicUrl = publicUrl,
            Telemetry = new TelemetryOptions(
                reader.ReadString("APPLICATIONINSIGHTS_CONNECTION_STRING"),
                reader.ReadGuid("AZURE_CLIENT_ID"),
                reader.ReadInteger("Telemetry:TracesPerSecond", 1, 1, 1000),
                reader.ReadUrl("OTEL_EXPORTER_OTLP_ENDPOINT")),
            DownloadsRedirectTo = reader.ReadUrl("Downloads:RedirectTo")?.AbsoluteUri.TrimEnd('/'),
            MaxIndexBytes = reader.ReadInteger("OData:IndexMegabytes", 256, 0, 100_000) * Megabyte,
            UsesSwedishOrder = reader.ReadBoolean("OData:SwedishOrder", true),
            MaxReplyCacheBytes = reader.ReadInteger("OData:StoredAnswerMegabytes", 32, 0, 100_000) * Megabyte,
            MaxBufferedBytes = reader.ReadInteger("Requests:MaxBufferedBytes", RequestContentLimiter.DefaultMaxBytes, 1_048_576, int.MaxValue),
            MinBytesPerSecond = reader.ReadInteger("Requests:MinBytesPerSecond", RequestContentLimiter.DefaultMinBytesPerSecond, 1, 1_000_000),
            MaxFailedKeys = reader.ReadInteger("Editing:MaxFailedKeys", FailedKeyLimiter.DefaultMaxFailures, 1, 1_000_000),
            Limits = new ODataLimits
            {
                MaxNodes = reader.ReadInteger("OData:MaxNodes", defaults.MaxNodes, 10, 1_000_000),
                MaxDepth = reader.ReadInteger("OData:MaxDepth", defaults.MaxDepth, 5, 500),
                MaxListItems = reader.ReadInteger("OData:MaxListItems", defaults.MaxListItems, 1, 1_000_000),
                MaxExpandDepth = reader.ReadInteger("OData:MaxExpandDepth", defaults.MaxExpandDepth, 0, 20),
                MaxOrderItems = reader.ReadInteger("OData:MaxOrderItems", defaults.MaxOrderItems, 1, 1000),
                MaxQueryLength = reader.ReadInteger("OData:MaxQueryLength", defaults.MaxQueryLength, 256, 1_000_000),
                MaxQueryBodyBytes = reader.ReadInteger("OData:MaxQueryBodyBytes", defaults.MaxQueryBodyBytes, 256, 100_000_000),
                MaxPageSize = reader.ReadInteger("OData:MaxPageSize", defaults.MaxPageSize, 1, 1_000_000),
                MaxSteps = reader.ReadInteger("OData:MaxSteps", defaults.MaxSteps, 1000, int.MaxValue),
                ExpensiveSteps = reader.ReadInteger("OData:ExpensiveSteps", defaults.ExpensiveSteps, 1000, int.MaxValue),
                MaxExpensiveQueries = reader.ReadInteger("OData:MaxExpensiveQueries", defaults.MaxExpensiveQueries, 1, 1000),
                MaxIntermediateRows = reader.ReadInteger("OData:MaxIntermediateRows", defaults.MaxIntermediateRows, 1000, int.MaxValue),
                MaxMemoryBytes = reader.ReadInteger("OData:MaxMemoryBytes", defaults.MaxMemoryBytes, 1_048_576, int.MaxValue),
                MaxStringLength = reader.ReadInteger("OData:MaxStringLength", defaults.MaxStringLength, 1000, int.MaxValue),
                MaxMilliseconds = reader.ReadInteger("OData:MaxMilliseconds", defaults.MaxMilliseconds, 10, 600_000),
                MaxExpandedEntities = reader.ReadInteger("OData:MaxExpandedEntities", defaults.MaxExpandedEntities, 0, int.MaxValue),
                MaxCrossJoinRows = reader.ReadInteger("OData:MaxCrossJoinRows", defaults.MaxCrossJoinRows, 0, 100_000_000),
                MaxExportRows = reader.ReadInteger("OData:MaxExportRows", defaults.MaxExportRows, 1, 100_000_000),
                MaxBatchRequests = reader.ReadInteger("OData:MaxBatchRequests", defaults.MaxBatchRequests, 1, 10_000),
                MaxBodyBytes = reader.ReadInteger("OData:MaxBodyBytes", defaults.MaxBodyBytes, 1024, 100_000_000),
                RegexTimeoutMilliseconds = reader.ReadInteger("OData:RegexTimeoutMilliseconds", defaults.RegexTimeoutMilliseconds, 1, 60_000),
            },
            Catalog = new CatalogOptions
            {
                Title = reader.ReadLocalizedText("Catalog:Title", catalog.Title),
                Description = reader.ReadLocalizedText("Catalog:Description", catalog.Description),
                Keywords = reader.ReadLocalizedText("Catalog:Keywords", catalog.Keywords),
                PublisherName = reader.ReadLocalizedText("Catalog:PublisherName", catalog.PublisherName),
                PublisherType = reader.ReadCodes("Catalog:PublisherType", catalog.PublisherType, CatalogOptions.PublisherTypes),
                PublisherUri = reader.ReadUrl("Catalog:PublisherUri")?.AbsoluteUri,
                PublisherPage = reader.ReadUrl("Catalog:PublisherPage")?.AbsoluteUri,
                ContactName = reader.ReadLine("Catalog:ContactName"),
                ContactEmail = reader.ReadEmail("Catalog:ContactEmail"),
                ContactPage = reader.ReadUrl("Catalog:ContactPage")?.AbsoluteUri,
                Themes = reader.ReadCodes("Catalog:Themes", catalog.Themes, CatalogOptions.DataThemes, allowMultiple: true),
                Spatial = reader.ReadUrl("Catalog:Spatial")?.AbsoluteUri ?? catalog.Spatial,
                Frequency = reader.ReadCodes("Catalog:Frequency", catalog.Frequency, CatalogOptions.Frequencies),
                Availability = reader.ReadCodes("Catalog:Availability", catalog.Availability, CatalogOptions.Availabilities),
            },
        };
        string[] problems = [.. reader.Problems, .. settings.ValidateCombinations(), .. reader.FindUnknownSettings()];
        return problems.Length == 0 ? settings : throw new InvalidOperationException("The settings are wrong. " + string.Join(' ', problems));
    }

    private static ServiceOfficesOptions ReadCore(SettingsReader reader, string? publicUrl)
    {
        var (editing, reads) = (new EditingOptions(), new StorageReadLimits());
        var storage = new StorageOptions
        {
            ConnectionString = reader.ReadString("Storage:ConnectionString"),
            TableEndpoint = reader.ReadUrl("Storage:TableEndpoint"),
            BlobEndpoint = reader.ReadUrl("Storage:BlobEndpoint"),
            Folder = reader.ReadString("Storage:Folder"),
        };
        var isEmbedded = storage.ConnectionString is null && reader.ReadString("Storage:TableEndpoint") is null;
        return new ServiceOfficesOptions
        {
            Storage = storage,
            Publishing = new PublishingOptions
            {
                SeedUnusedRegister = reader.ReadBoolean("Register:LoadStartingData", isEmbedded),
                RevalidateSeconds = reader.ReadInteger("Publication:RevalidateSeconds", 5, 1, 3600),
                KeptExports = reader.ReadInteger("Publication:KeptExports", 0, 0, 1_000_000) is > 0 and var kept ? kept : null,
                Reads = new StorageReadLimits(
                    reader.ReadInteger("Storage:ReadTimeoutSeconds", reads.TimeoutSeconds, 1, 60),
                    reader.ReadInteger("Storage:MaxFailedReads", reads.MaxFailures, 1, 1000),
                    reader.ReadInteger("Storage:RetrySeconds", reads.RetrySeconds, 1, 600)),
                PlanExpiryMonths = reader.ReadInteger("Register:PlanExpiryMonths", 18, 1, 1200),
                EntityUrlRoot = publicUrl?.TrimEnd('/') + ODataEndpoint.ServiceRootPath,
            },
            Editing = new EditingOptions(
                reader.ReadInteger("Editing:MaxBodyBytes", editing.MaxBodyBytes, 1024, 16 * 1024 * 1024),
                reader.ReadInteger("Editing:MaxImportBytes", editing.MaxImportBytes, 1024, 512 * 1024 * 1024),
                reader.ReadInteger("Editing:MaxRemovedPercent", editing.MaxRemovedPercent, 0, 100),
                reader.ReadInteger("Editing:IdempotencyHours", editing.IdempotencyHours, 1, 720)),
            Access = new AccessOptions
            {
                TokenAuthority = reader.ReadUrl("Editing:Authority"),
                TokenAudience = reader.ReadString("Editing:Audience"),
                KeyNames = reader.ReadString("Editing:KeyNames"),
            },
        };
    }

    /// <summary>Finds settings that are valid alone and invalid together, or that refer to something invalid.</summary>
    private IEnumerable<string> ValidateCombinations()
    {
        var (storage, access) = (Core.Storage, Core.Access);
        if ((storage.TableEndpoint is null) != (storage.BlobEndpoint is null))
        {
            yield return "Storage:TableEndpoint and Storage:BlobEndpoint must be set together.";
        }

        // An operator who loads or restores a register must know which one is changed.
        if (storage is { ConnectionString: not null, TableEndpoint: not null })
        {
            yield return "Storage:ConnectionString and Storage:TableEndpoint must not both be set: each names a storage account.";
        }

        // The Azure SDK sends an identity's tokens over TLS only.
        if (storage.TableEndpoint is { Scheme: "http" })
        {
            yield return "Storage:TableEndpoint must be an https URL.";
        }

        if (storage.BlobEndpoint is { Scheme: "http" })
        {
            yield return "Storage:BlobEndpoint must be an https URL.";
        }

        if (storage.ConnectionString is { } connectionString && FindConnectionStringProblem(connectionString) is { } reason)
        {
            yield return $"Storage:ConnectionString: {reason}";
        }

        if ((access.TokenAuthority is null) != (access.TokenAudience is null))
        {
            yield return "Editing:Authority and Editing:Audience must be set together.";
        }

        // The exporter would only log that it cannot send. The message does not repeat the value, which may hold a key.
        if (Telemetry.ApplicationInsightsConnectionString is { } insights && !ConnectionStringPattern().IsMatch(insights))
        {
            yield return "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string of Application Insights: InstrumentationKey=…;IngestionEndpoint=https://….";
        }

        if (access.TokenAuthority is { Scheme: "http", IsLoopback: false })
        {
            yield return "Editing:Authority must be an https URL.";
        }

        if (access.KeyNames is { } names && !names.Split(';').All(pair => KeyNamePattern().IsMatch(pair)))
        {
            yield return "Editing:KeyNames must be pairs of the first eight hex digits of a key's SHA-256 and a name, such as 1a2b3c4d=Anna;5e6f7a8b=Bo.";
        }

        if (storage is { ConnectionString: null, TableEndpoint: null, Folder: null })
        {
            yield return "Storage:ConnectionString, or Storage:TableEndpoint with Storage:BlobEndpoint, must be set.";
        }

        if (DownloadsRedirectTo is not null && storage is { ConnectionString: null, BlobEndpoint: null })
        {
            yield return "Downloads:RedirectTo requires a storage account: the files of the embedded store have no URL of their own.";
        }

        if (DownloadsRedirectTo is not null && Core.Publishing.KeptExports is not null)
        {
            yield return "Publication:KeptExports must be 0 with Downloads:RedirectTo: the storage cannot create deleted files again.";
        }
    }

    private static string? FindConnectionStringProblem(string connectionString)
    {
        try
        {
            AzureStorageClients.FromConnectionString(connectionString);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}=[^=;\p{Cc}]{1,100}\z")]
    private static partial Regex KeyNamePattern();

    // https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
    [GeneratedRegex(@"\A(?=.*(?<=\A|;)\s*InstrumentationKey=[0-9a-f-]{36}\s*(;|\z))(?!.*(?<=\A|;)\s*IngestionEndpoint=(?!https?://))", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionStringPattern();
}
