using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ServiceOffices.Catalog;
using ServiceOffices.Editing;
using ServiceOffices.Queries;
using ServiceOffices.Storage;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices;

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
    public string? PublicAddress { get; private init; }

    /// <summary>Where clients are sent for the bytes of downloads, without a closing slash; null: this service streams them.</summary>
    public string? DownloadsRedirectTo { get; private init; }

    /// <summary>Seconds after which the storage is asked again whether there is a newer publication.</summary>
    public int RevalidateSeconds { get; private init; }

    public QueryLimits Limits { get; private init; } = new();

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
    public long IndexBytes { get; private init; }

    /// <summary>Bytes of OData answers that are kept for the next who asks the same; 0: none are.</summary>
    public long StoredAnswerBytes { get; private init; }

    /// <exception cref="InvalidOperationException">A setting is wrong, or storage is not stated; the message names every one.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var defaults = new QueryLimits();
        var catalog = new CatalogOptions();
        var problems = new List<string>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var settings = new Settings
        {
            StorageConnectionString = Text("Storage:ConnectionString"),
            StorageTableEndpoint = Url("Storage:TableEndpoint"),
            StorageBlobEndpoint = Url("Storage:BlobEndpoint"),
            StorageFolder = Text("Storage:Folder"),
            LoadStartingRegister = Flag("Register:LoadStartingData", Text("Storage:ConnectionString") is null && Text("Storage:TableEndpoint") is null),
            PublicAddress = Address("PublicAddress"),
            Editing = new EditingOptions(
                Number("Editing:MaxBodyBytes", 1024 * 1024, 1024, 16 * 1024 * 1024),
                Number("Editing:MaxImportBytes", 64 * 1024 * 1024, 1024, 512 * 1024 * 1024),
                Number("Editing:MaxRemovedPercent", 20, 0, 100)),
            Telemetry = new TelemetryOptions(
                Text("APPLICATIONINSIGHTS_CONNECTION_STRING"),
                Guid("AZURE_CLIENT_ID"),
                Number("Telemetry:TracesPerSecond", 1, 1, 1000),
                Url("OTEL_EXPORTER_OTLP_ENDPOINT")),
            TokenAuthority = Url("Editing:Authority"),
            TokenAudience = Text("Editing:Audience"),
            KeyNames = Text("Editing:KeyNames"),
            DownloadsRedirectTo = Url("Downloads:RedirectTo")?.AbsoluteUri.TrimEnd('/'),
            RevalidateSeconds = Number("Publication:RevalidateSeconds", 5, 1, 3600),
            IndexBytes = Number("OData:IndexMegabytes", 256, 0, 100_000) * Megabyte,
            StoredAnswerBytes = Number("OData:StoredAnswerMegabytes", 32, 0, 100_000) * Megabyte,
            Limits = new QueryLimits
            {
                MaxNodes = Number("OData:MaxNodes", defaults.MaxNodes, 10, 1_000_000),
                MaxDepth = Number("OData:MaxDepth", defaults.MaxDepth, 5, 500),
                MaxListItems = Number("OData:MaxListItems", defaults.MaxListItems, 1, 1_000_000),
                MaxExpandDepth = Number("OData:MaxExpandDepth", defaults.MaxExpandDepth, 0, 20),
                MaxOrderItems = Number("OData:MaxOrderItems", defaults.MaxOrderItems, 1, 1000),
                MaxQueryLength = Number("OData:MaxQueryLength", defaults.MaxQueryLength, 256, 1_000_000),
                MaxPageSize = Number("OData:MaxPageSize", defaults.MaxPageSize, 1, 1_000_000),
                MaxSteps = Number("OData:MaxSteps", defaults.MaxSteps, 1000, int.MaxValue),
                MaxMilliseconds = Number("OData:MaxMilliseconds", defaults.MaxMilliseconds, 10, 600_000),
                MaxExpandedEntities = Number("OData:MaxExpandedEntities", defaults.MaxExpandedEntities, 0, int.MaxValue),
                MaxCrossJoinRows = Number("OData:MaxCrossJoinRows", defaults.MaxCrossJoinRows, 0, 100_000_000),
                MaxExportRows = Number("OData:MaxExportRows", defaults.MaxExportRows, 1, 100_000_000),
                MaxBatchRequests = Number("OData:MaxBatchRequests", defaults.MaxBatchRequests, 1, 10_000),
                MaxBodyBytes = Number("OData:MaxBodyBytes", defaults.MaxBodyBytes, 1024, 100_000_000),
                RegexTimeoutMilliseconds = Number("OData:RegexTimeoutMilliseconds", defaults.RegexTimeoutMilliseconds, 1, 60_000),
            },
            Catalog = new CatalogOptions
            {
                Title = Texts("Catalog:Title", catalog.Title),
                Description = Texts("Catalog:Description", catalog.Description),
                Keywords = Texts("Catalog:Keywords", catalog.Keywords),
                PublisherName = Texts("Catalog:PublisherName", catalog.PublisherName),
                PublisherType = Codes("Catalog:PublisherType", catalog.PublisherType, CatalogOptions.PublisherTypes),
                PublisherUri = Url("Catalog:PublisherUri")?.AbsoluteUri,
                PublisherPage = Url("Catalog:PublisherPage")?.AbsoluteUri,
                ContactName = Line("Catalog:ContactName"),
                ContactEmail = Email("Catalog:ContactEmail"),
                ContactPage = Url("Catalog:ContactPage")?.AbsoluteUri,
                Themes = Codes("Catalog:Themes", catalog.Themes, CatalogOptions.KnownThemes, several: true),
                Spatial = Url("Catalog:Spatial")?.AbsoluteUri ?? catalog.Spatial,
                Frequency = Codes("Catalog:Frequency", catalog.Frequency, CatalogOptions.Frequencies),
                Availability = Codes("Catalog:Availability", catalog.Availability, CatalogOptions.Availabilities),
            },
        };
        if ((settings.StorageTableEndpoint is null) != (settings.StorageBlobEndpoint is null))
        {
            problems.Add("Storage:TableEndpoint and Storage:BlobEndpoint must be stated together.");
        }

        // Who loads or restores a register must not find out afterwards which one it was.
        if (settings is { StorageConnectionString: not null, StorageTableEndpoint: not null })
        {
            problems.Add("Storage:ConnectionString and Storage:TableEndpoint name a storage each: state one.");
        }

        // An identity's tokens are sent over TLS alone.
        if (settings.StorageTableEndpoint is { Scheme: "http" })
        {
            problems.Add("Storage:TableEndpoint must be an https URL.");
        }

        if (settings.StorageBlobEndpoint is { Scheme: "http" })
        {
            problems.Add("Storage:BlobEndpoint must be an https URL.");
        }

        if (settings.StorageConnectionString is { } account && WhyNoStorage(account) is { } whyNot)
        {
            problems.Add($"Storage:ConnectionString: {whyNot}");
        }

        if ((settings.TokenAuthority is null) != (settings.TokenAudience is null))
        {
            problems.Add("Editing:Authority and Editing:Audience must be stated together.");
        }

        // The exporter would only log that it cannot send, and nobody would see it. The message does not repeat a key.
        if (settings.Telemetry.AzureConnectionString is { } insights && !Insights().IsMatch(insights))
        {
            problems.Add("APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string of Application Insights: InstrumentationKey=…;IngestionEndpoint=https://….");
        }

        if (settings.TokenAuthority is { Scheme: "http", IsLoopback: false })
        {
            problems.Add("Editing:Authority must be an https URL.");
        }

        if (settings.KeyNames is { } names && !names.Split(';').All(pair => KeyName().IsMatch(pair)))
        {
            problems.Add("Editing:KeyNames must be pairs of the first eight hex digits of a key's SHA-256 and a name, such as 1a2b3c4d=Anna;5e6f7a8b=Bo.");
        }

        if (settings is { StorageConnectionString: null, StorageTableEndpoint: null, StorageFolder: null })
        {
            problems.Add("Storage:ConnectionString, or Storage:TableEndpoint with Storage:BlobEndpoint, must be stated.");
        }

        if (settings is { DownloadsRedirectTo: not null, StorageConnectionString: null, StorageBlobEndpoint: null })
        {
            problems.Add("Downloads:RedirectTo needs a storage account: the files of the embedded store have no address of their own.");
        }

        // A setting that is misspelt would leave the default in force, and nobody would see it.
        var sections = known.Where(name => name.Contains(':', StringComparison.Ordinal)).Select(name => name[..(name.IndexOf(':', StringComparison.Ordinal) + 1)]).ToHashSet();
        problems.AddRange(
            from stated in configuration.AsEnumerable()
            where !string.IsNullOrEmpty(stated.Value) && !known.Contains(stated.Key)
                && sections.Any(section => stated.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            select $"{stated.Key} is no setting: docs/settings.md names them all.");

        return problems.Count == 0
            ? settings
            : throw new InvalidOperationException("The settings are wrong. " + string.Join(' ', problems));

        string? Text(string name)
        {
            known.Add(name);
            return configuration[name] is { Length: > 0 } text ? text : null;
        }

        // Documents in XML cannot hold control characters.
        string? Line(string name)
        {
            if (Text(name) is not { } text || !text.Any(char.IsControl))
            {
                return Text(name);
            }

            problems.Add($"{name} must be one line without control characters.");
            return null;
        }

        Text Texts(string name, Text otherwise) => new(Line(name + "En") ?? otherwise.En, Line(name + "Sv") ?? otherwise.Sv);

        string? Email(string name)
        {
            if (Line(name) is not { } text)
            {
                return null;
            }

            if (MailAddress.TryCreate(text, out var address) && address.Address == text)
            {
                return text;
            }

            problems.Add($"{name} must be an e-mail address such as data@example.se; got '{text}'.");
            return null;
        }

        string Codes(string name, string otherwise, IReadOnlyList<string> allowed, bool several = false)
        {
            if (Text(name) is not { } text)
            {
                return otherwise;
            }

            var codes = several ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
            if (codes.All(code => allowed.Contains(code, StringComparer.Ordinal)))
            {
                return string.Join(',', codes);
            }

            problems.Add($"{name} must be {(several ? "some, separated by commas, " : "one ")}of {string.Join(", ", allowed)}; got '{text}'.");
            return otherwise;
        }

        Uri? Url(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            problems.Add($"{name} must be an absolute http or https URL; got '{text}'.");
            return null;
        }

        string? Address(string name)
        {
            if (Url(name) is not { } url)
            {
                return null;
            }

            if (url is { Query: "", Fragment: "" })
            {
                return url.AbsoluteUri;
            }

            problems.Add($"{name} must be an address without query or fragment; got '{Text(name)}'.");
            return null;
        }

        string? Guid(string name)
        {
            if (Text(name) is not { } text || System.Guid.TryParse(text, out _))
            {
                return Text(name);
            }

            problems.Add($"{name} must be a GUID; got '{text}'.");
            return null;
        }

        bool Flag(string name, bool otherwise)
        {
            if (Text(name) is not { } text || bool.TryParse(text, out otherwise))
            {
                return otherwise;
            }

            problems.Add($"{name} must be true or false; got '{text}'.");
            return otherwise;
        }

        int Number(string name, int otherwise, int least, int most)
        {
            if (Text(name) is not { } text)
            {
                return otherwise;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            problems.Add($"{name} must be a whole number from {least} to {most}; got '{text}'.");
            return otherwise;
        }
    }

    private static string? WhyNoStorage(string connectionString)
    {
        try
        {
            StorageClients.FromConnectionString(connectionString);
            return null;
        }
        catch (ArgumentException refusal)
        {
            return refusal.Message;
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}=[^=;\p{Cc}]{1,100}\z")]
    private static partial Regex KeyName();

    // https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
    [GeneratedRegex(@"\A(?=.*(?<=\A|;)\s*InstrumentationKey=[0-9a-f-]{36}\s*(;|\z))(?!.*(?<=\A|;)\s*IngestionEndpoint=(?!https?://))", RegexOptions.IgnoreCase)]
    private static partial Regex Insights();
}
