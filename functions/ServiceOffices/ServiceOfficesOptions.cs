using ServiceOffices.Editing;
using ServiceOffices.Publishing;

namespace ServiceOffices;

/// <summary>Options of everything below HTTP.</summary>
public sealed record ServiceOfficesOptions
{
    public required StorageOptions Storage { get; init; }

    public PublishingOptions Publishing { get; init; } = new();

    public EditingOptions Editing { get; init; } = new();

    public AccessOptions Access { get; init; } = new();
}

/// <summary>The storage: an account by connection string, an account by its two endpoints, or the embedded store in a folder, in this order of precedence.</summary>
public sealed record StorageOptions
{
    /// <summary>Connection string of Azurite or of an account with keys; null otherwise.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's table endpoint, accessed with the managed identity; set together with <see cref="BlobEndpoint"/>.</summary>
    public Uri? TableEndpoint { get; init; }

    public Uri? BlobEndpoint { get; init; }

    /// <summary>Folder of the embedded store, used if no account is set; null if the host has none.</summary>
    public string? Folder { get; init; }
}

/// <summary>Options of publications and of the refresh that writes them.</summary>
public sealed record PublishingOptions
{
    /// <summary>True if a register that was never used is filled with the initial data.</summary>
    public bool SeedUnusedRegister { get; init; }

    /// <summary>Seconds after which an instance checks the storage for a newer publication.</summary>
    public int RevalidateSeconds { get; init; } = 5;

    /// <summary>The number of latest revisions whose files for download are kept; null for all.</summary>
    public int? KeptExports { get; init; }

    /// <summary>Limits of the reads of publications for requests.</summary>
    public StorageReadLimits Reads { get; init; } = new();

    /// <summary>Months after which a plan to open an office no longer counts if no later event follows.</summary>
    public int PlanExpiryMonths { get; init; } = 18;

    /// <summary>The OData service root, ending with a slash, from which files build the URLs of entities. Relative if the public URL is not known.</summary>
    public string EntityUrlRoot { get; init; } = "/";
}

/// <summary>Options of editors' access.</summary>
public sealed record AccessOptions
{
    /// <summary>Issuer of editors' tokens; set together with <see cref="TokenAudience"/>; null if bearer tokens are not accepted.</summary>
    public Uri? TokenAuthority { get; init; }

    public string? TokenAudience { get; init; }

    /// <summary>Names of function keys in the audit log, as <c>1a2b3c4d=Anna;…</c>; see <see cref="Editing.Access.EditorKeys.Parse"/>.</summary>
    public string? KeyNames { get; init; }
}
