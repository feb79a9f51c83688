using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Reads the segments of a path.</summary>
internal static class PathSegments
{
    /// <summary>Splits the path below a root into its segments, without empty ones.</summary>
    public static string[] Split(HttpRequest request, string rootPath) =>
        (request.Path.Value ?? "")[rootPath.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Parses a number from 1 in its only spelling, so that each resource has one URL; null otherwise.</summary>
    public static long? ParseNumber(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !segment.StartsWith('0') ? number : null;
}
