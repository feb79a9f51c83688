using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>One request through the pipeline, in memory.</summary>
internal sealed record HttpExchange(int Status, IHeaderDictionary Headers, byte[] Body)
{
    public static async Task<HttpExchange> SendAsync(
        Reply reply, string method = "GET", AllowedMethods? allowed = null, params (string Name, string Value)[] headers) =>
        await SendAsync((_, _) => ValueTask.FromResult(reply), method, allowed, headers);

    public static Task<HttpExchange> SendAsync(
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> response,
        string method = "GET",
        AllowedMethods? allowed = null,
        params (string Name, string Value)[] headers) =>
        SendAsync(context => new RequestPipeline(NullLogger<RequestPipeline>.Instance).ExecuteAsync(context, allowed ?? AllowedMethods.PublicRead, response), method, headers);

    public static async Task<HttpExchange> SendAsync(
        Func<HttpContext, Task> endpoint, string method, IEnumerable<(string Name, string Value)> headers, string path = "/x")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost:7071");
        var query = path.IndexOf('?', StringComparison.Ordinal);
        context.Request.Path = query < 0 ? path : path[..query];
        context.Request.QueryString = query < 0 ? QueryString.Empty : new QueryString(path[query..]);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        var body = new MemoryStream();
        context.Response.Body = body;

        await endpoint(context);

        return new HttpExchange(context.Response.StatusCode, context.Response.Headers, body.ToArray());
    }
}
