using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>The route and methods of an HTTP function, matched as in the Functions host.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher matcher;
    private readonly List<(string Name, IRouteConstraint Constraint)> constraints = [];
    private readonly IReadOnlyList<string> methods;

    public HttpRoute(FunctionMethod function, string routePrefix, IInlineConstraintResolver resolver)
    {
        Function = function;
        methods = function.Http!.Methods;
        var template = TemplateParser.Parse($"{routePrefix}/{function.Http.Route ?? function.Name}".Trim('/'));
        Template = template.TemplateText!;
        matcher = new TemplateMatcher(template, []);
        foreach (var parameter in template.Parameters)
        {
            foreach (var inline in parameter.InlineConstraints)
            {
                var constraint = resolver.ResolveConstraint(inline.Constraint)
                    ?? throw new InvalidOperationException($"The route of function '{function.Name}' has an unknown constraint '{inline.Constraint}'.");
                constraints.Add((parameter.Name!, parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint));
            }
        }
    }

    public FunctionMethod Function { get; }

    /// <summary>Gets the route with its prefix, such as <c>odata/v1/{*path}</c>.</summary>
    public string Template { get; }

    public bool Serves(string method) => methods.Count == 0 || methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    public bool Matches(HttpRequest request)
    {
        var values = new RouteValueDictionary();
        if (!matcher.TryMatch(request.Path, values))
        {
            return false;
        }

        foreach (var (name, constraint) in constraints)
        {
            if (!constraint.Match(request.HttpContext, null, name, values, RouteDirection.IncomingRequest))
            {
                return false;
            }
        }

        request.RouteValues = values;
        return true;
    }
}

/// <summary>Reads the settings of the Functions app's host.json that this host supports.</summary>
internal static class HostJson
{
    // The default of the Functions host.
    private const string DefaultRoutePrefix = "api";

    /// <summary>Reads extensions.http.routePrefix from the JSON of host.json.</summary>
    public static string ReadRoutePrefix(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
                ? prefix.GetString()!
                : DefaultRoutePrefix;
    }
}

/// <summary>Dispatches requests to functions. As in the Functions host, routes are tried in the order of the function names, not by specificity.</summary>
internal sealed partial class HttpFunctionRouter(IReadOnlyList<HttpRoute> routes, FunctionKey key, FailedKeyLimiter failedKeys, ILogger<HttpFunctionRouter> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (FindRoute(context.Request) is not { } route)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (route.Function.Http!.AuthLevel != AuthorizationLevel.Anonymous && !Authenticate(context))
        {
            // The Functions host returns 401 without content.
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized
                && !HttpMethods.IsOptions(context.Request.Method)
                && context.RequestServices.GetService<RegisterEndpoint>() is { } register)
            {
                await register.HandleUnauthorizedAsync(context);
            }

            return;
        }

        try
        {
            await route.Function.InvokeAsync(context.RequestServices, context.Request, context.RequestAborted);
        }
        catch (Exception exception)
        {
            LogFailure(exception, route.Function.Name);
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>Determines whether the request has the key. Otherwise, sets the status of the response.</summary>
    private bool Authenticate(HttpContext context)
    {
        if (failedKeys.IsBlocked(context))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = FailedKeyLimiter.WindowSeconds.ToString(CultureInfo.InvariantCulture);
            return false;
        }

        if (key.IsPresentedBy(context.Request))
        {
            return true;
        }

        if (FunctionKey.IsAnyPresentedBy(context.Request))
        {
            failedKeys.RecordFailure(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return false;
    }

    /// <summary>
    /// Gets the first route, in the order of the function names, that matches the request's path and method; null if no route matches its path.
    /// If no function serves the method, the first one with the path rejects it with 405 and Allow (RFC 9110, 15.5.6), where the
    /// Functions host returns 404.
    /// </summary>
    public HttpRoute? FindRoute(HttpRequest request) =>
        routes.FirstOrDefault(route => route.Serves(request.Method) && route.Matches(request)) ?? routes.FirstOrDefault(route => route.Matches(request));

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
    private partial void LogFailure(Exception exception, string function);
}
