namespace ServiceOffices.LocalHost;

/// <summary>Dispatches requests to functions: in the order of function names, not by how specific a route is, as the real host does.</summary>
internal sealed partial class HttpFunctionRouter(IReadOnlyList<HttpRoute> routes, FunctionKey key, ILogger<HttpFunctionRouter> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (FindRoute(context.Request) is not { } route)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (route.Function.Http!.AuthLevel != AuthorizationLevel.Anonymous && !key.IsPresentedBy(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
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

    /// <summary>The first route, in function-name order, that takes the request's path and method; null where none does.</summary>
    public HttpRoute? FindRoute(HttpRequest request)
    {
        foreach (var route in routes)
        {
            if (route.Matches(request))
            {
                return route;
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
    private partial void LogFailure(Exception exception, string function);
}
