namespace ServiceOffices.Http;

/// <summary>The Cache-Control values that this service answers with.</summary>
public static class CachePolicy
{
    /// <summary>For what the next publication may change: fresh for ten seconds, then shown while it is revalidated (RFC 5861, 3).</summary>
    public const string Latest = "public, max-age=10, stale-while-revalidate=60";

    /// <summary>For what belongs to one revision and never changes (RFC 8246).</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>For errors, probes and answers to editors.</summary>
    public const string NoStore = "no-store";
}
