using Microsoft.AspNetCore.Http.Features;
using ServiceOffices.Peers.Limit;

// dotnet run --project tests/peers/Limit -c Release -- PORT FOLDER
// The limit: Kestrel sends recorded responses from memory by their request target. No program that computes responses can be faster.
if (args.Length != 2 || !ushort.TryParse(args[0], out var port))
{
    Console.Error.WriteLine("usage: Limit PORT FOLDER (as the compare program records it)");
    return 2;
}

var answers = StoredAnswer.Load(args[1]);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.Run(async context =>
{
    var response = context.Response;
    if (!answers.TryGetValue(context.Features.Get<IHttpRequestFeature>()!.RawTarget, out var answer))
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        return;
    }

    foreach (var (name, value) in answer.Headers)
    {
        response.Headers[name] = value;
    }

    response.ContentLength = answer.Body.Length;
    await response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
});
app.Run();
return 0;
