using Microsoft.AspNetCore.Http;
using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>What may stand after the question mark of a resource that is not OData.</summary>
internal static class QueryOptionValidator
{
    /// <summary>What is wrong with the request's options, or null. An option that would do nothing is refused, never ignored.</summary>
    public static HttpProblem? Validate(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!allowed.Contains(name))
            {
                var allowedNames = allowed.IsEmpty ? "it takes none" : "allowed: " + string.Join(", ", allowed.ToArray());
                return BadRequest($"The option '{name}' is not known here; {allowedNames}.");
            }

            if (values.Count != 1)
            {
                return BadRequest($"The option '{name}' may stand once; it stands {values.Count} times.");
            }
        }

        return allowed.Contains(RequestLanguage.QueryOptionName) ? ValidateLanguage(request) : null;
    }

    private static HttpProblem? ValidateLanguage(HttpRequest request) =>
        request.Query[RequestLanguage.QueryOptionName] is [{ } tag] && Language.Find(tag) is null
            ? BadRequest($"{RequestLanguage.QueryOptionName} must be {string.Join(" or ", Language.All.Select(language => language.Tag))}; got '{tag}'.")
            : null;

    private static HttpProblem BadRequest(string detail) =>
        new(StatusCodes.Status400BadRequest, detail);
}
