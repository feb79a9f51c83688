using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ODataEngine;
using ServiceOffices.Editing;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Telemetry;
using ServiceOffices.Web.Catalog;

namespace ServiceOffices.Web;

/// <summary>Every setting that the platform reads, validated before anything starts. docs/settings.md describes them.</summary>
public sealed partial record Settings
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>A storage account by connection string (Azurite, or an account with keys); null: by endpoints, or embedded.</summary>
    public string? StorageConnectionString { get; private init; }

    /// <summary>The account's table endpoint, reached with the managed identity; stands with <see cref="StorageBlobEndpoint"/>.</summary>
    public Uri? StorageTableEndpoint { get; private init; }

    public Uri? StorageBlobEndpoint { get; private init; }

    /// <summary>The folder of the embedded store, used where no account is stated; null where the host has none.</summary>
    public string? StorageFolder { get; private init; }

    /// <summary>Whether a register that nobody has used yet is filled with the starting data: the embedded store is, an account only where asked to.</summary>
    public bool LoadStartingRegister { get; private init; }

    /// <summary>The address that clients use, for absolute links; null: each request's own.</summary>
    public string? PublicUrl { get; private init; }

    /// <summary>Where clients are sent for the bytes of downloads, without a closing slash; null: this service streams them.</summary>
    public string? DownloadsRedirectTo { get; private init; }

    /// <summary>Seconds after which the storage is asked again whether there is a newer publication.</summary>
    public int RevalidateSeconds { get; private init; }

    public ODataLimits Limits { get; private init; } = new();

    /// <summary>What the catalog says of its publisher.</summary>
    public CatalogOptions Catalog { get; private init; } = new();

    /// <summary>Who receives telemetry.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>What bounds editors.</summary>
    public required EditingOptions Editing { get; init; }

    /// <summary>Who issues editors' tokens; stands with <see cref="TokenAudience"/>; null where none are taken.</summary>
    public Uri? TokenAuthority { get; private init; }

    public string? TokenAudience { get; private init; }

    /// <summary>Names of function keys in the audit, as the setting has them: <c>1a2b3c4d=Anna;…</c>.</summary>
    public string? KeyNames { get; private init; }

    /// <summary>Bytes that indexes may take; 0: there are none.</summary>
    public long MaxIndexBytes { get; private init; }

    /// <summary>Bytes of OData answers that are kept for the next who asks the same; 0: none are.</summary>
    public long MaxReplyCacheBytes { get; private init; }

    /// <exception cref="InvalidOperationException">A setting is wrong, or storage is not stated; the message names every one.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var (defaults, catalog) = (new ODataLimits(), new CatalogOptions());
        var settings = new Settings
        {
            StorageConnectionString = reader.ReadString("Storage:ConnectionString"),
            StorageTableEndpoint = reader.ReadUrl("Storage:TableEndpoint"),
            StorageBlobEndpoint = reader.ReadUrl("Storage:BlobEndpoint"),
            StorageFolder = reader.ReadString("Storage:Folder"),
            LoadStartingRegister = reader.ReadBoolean("Register:LoadStartingData", reader.ReadString("Storage:ConnectionString") is null && reader.ReadString("Storage:TableEndpoint") is null),
            PublicUrl = reader.ReadBaseUrl("PublicAddress"),
            Editing = new EditingOptions(
                reader.ReadInteger("Editing:MaxBodyBytes", 1024 * 1024, 1024, 16 * 1024 * 1024),
                reader.ReadInteger("Editing:MaxImportBytes", 64 * 1024 * 1024, 1024, 512 * 1024 * 1024),
                reader.ReadInteger("Editing:MaxRemovedPercent", 20, 0, 100)),
            Telemetry = new TelemetryOptions(
                reader.ReadString("APPLICATIONINSIGHTS_CONNECTION_STRING"),
                reader.ReadGuid("AZURE_CLIENT_ID"),
                reader.ReadInteger("Telemetry:TracesPerSecond", 1, 1, 1000),
                reader.ReadUrl("OTEL_EXPORTER_OTLP_ENDPOINT")),
            TokenAuthority = reader.ReadUrl("Editing:Authority"),
            TokenAudience = reader.ReadString("Editing:Audience"),
            KeyNames = reader.ReadString("Editing:KeyNames"),
            DownloadsRedirectTo = reader.ReadUrl("Downloads:RedirectTo")?.AbsoluteUri.TrimEnd('/'),
            RevalidateSeconds = reader.ReadInteger("Publication:RevalidateSeconds", 5, 1, 3600),
            MaxIndexBytes = reader.ReadInteger("OData:IndexMegabytes", 256, 0, 100_000) * Megabyte,
            MaxReplyCacheBytes = reader.ReadInteger("OData:StoredAnswerMegabytes", 32, 0, 100_000) * Megabyte,
            Limits = new ODataLimits
            {
                MaxNodes = reader.ReadInteger("OData:MaxNodes", defaults.MaxNodes, 10, 1_000_000),
                MaxDepth = reader.ReadInteger("OData:MaxDepth", defaults.MaxDepth, 5, 500),
                MaxListItems = reader.ReadInteger("OData:MaxListItems", defaults.MaxListItems, 1, 1_000_000),
                MaxExpandDepth = reader.ReadInteger("OData:MaxExpandDepth", defaults.MaxExpandDepth, 0, 20),
                MaxOrderItems = reader.ReadInteger("OData:MaxOrderItems", defaults.MaxOrderItems, 1, 1000),
                MaxQueryLength = reader.ReadInteger("OData:MaxQueryLength", defaults.MaxQueryLength, 256, 1_000_000),
                MaxPageSize = reader.ReadInteger("OData:MaxPageSize", defaults.MaxPageSize, 1, 1_000_000),
                MaxSteps = reader.ReadInteger("OData:MaxSteps", defaults.MaxSteps, 1000, int.MaxValue),
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

    /// <summary>Settings that are well written each, and can't be so together or for what they name.</summary>
    private IEnumerable<string> ValidateCombinations()
    {
        if ((StorageTableEndpoint is null) != (StorageBlobEndpoint is null))
        {
            yield return "Storage:TableEndpoint and Storage:BlobEndpoint must be stated together.";
        }

        // Who loads or restores a register must not find out afterwards which one it was.
        if (this is { StorageConnectionString: not null, StorageTableEndpoint: not null })
        {
            yield return "Storage:ConnectionString and Storage:TableEndpoint name a storage each: state one.";
        }

        // An identity's tokens are sent over TLS alone.
        if (StorageTableEndpoint is { Scheme: "http" })
        {
            yield return "Storage:TableEndpoint must be an https URL.";
        }

        if (StorageBlobEndpoint is { Scheme: "http" })
        {
            yield return "Storage:BlobEndpoint must be an https URL.";
        }

        if (StorageConnectionString is { } account && FindConnectionStringProblem(account) is { } reason)
        {
            yield return $"Storage:ConnectionString: {reason}";
        }

        if ((TokenAuthority is null) != (TokenAudience is null))
        {
            yield return "Editing:Authority and Editing:Audience must be stated together.";
        }

        // The exporter would only log that it cannot send, and nobody would see it. The message does not repeat a key.
        if (Telemetry.ApplicationInsightsConnectionString is { } insights && !ConnectionStringPattern().IsMatch(insights))
        {
            yield return "APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string of Application Insights: InstrumentationKey=…;IngestionEndpoint=https://….";
        }

        if (TokenAuthority is { Scheme: "http", IsLoopback: false })
        {
            yield return "Editing:Authority must be an https URL.";
        }

        if (KeyNames is { } names && !names.Split(';').All(pair => KeyNamePattern().IsMatch(pair)))
        {
            yield return "Editing:KeyNames must be pairs of the first eight hex digits of a key's SHA-256 and a name, such as 1a2b3c4d=Anna;5e6f7a8b=Bo.";
        }

        if (this is { StorageConnectionString: null, StorageTableEndpoint: null, StorageFolder: null })
        {
            yield return "Storage:ConnectionString, or Storage:TableEndpoint with Storage:BlobEndpoint, must be stated.";
        }

        if (this is { DownloadsRedirectTo: not null, StorageConnectionString: null, StorageBlobEndpoint: null })
        {
            yield return "Downloads:RedirectTo needs a storage account: the files of the embedded store have no address of their own.";
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
