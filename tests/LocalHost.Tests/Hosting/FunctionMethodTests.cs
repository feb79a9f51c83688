using Microsoft.AspNetCore.Http;
using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.LocalHost.Tests.Hosting;

public sealed class FunctionMethodTests
{
    [Theory]
    [InlineData(typeof(NotATask), "must return Task")]
    [InlineData(typeof(NoTrigger), "must have one trigger")]
    [InlineData(typeof(TwoTriggers), "must have one trigger")]
    [InlineData(typeof(UnknownParameter), "'number'")]
    [InlineData(typeof(DuplicateName), "unique")]
    public void Discover_InvalidFunction_Throws(Type type, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FunctionMethod.Discover([type]));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    public sealed class NotATask
    {
        [Function("F")]
        public int Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Headers.Count;
    }

    public sealed class NoTrigger
    {
        [Function("F")]
        public Task RunAsync(CancellationToken cancellationToken) => Task.FromCanceled(cancellationToken);
    }

    public sealed class TwoTriggers
    {
        [Function("F")]
        public Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [TimerTrigger("0 * * * * *")] TimerInfo timer) =>
            Task.FromResult((request, timer));
    }

    public sealed class UnknownParameter
    {
        [Function("F")]
        public Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, int number) => Task.FromResult((request, number));
    }

    public sealed class DuplicateName
    {
        [Function("F")]
        public Task OneAsync([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.FromResult(timer);

        [Function("f")]
        public Task OtherAsync([TimerTrigger("0 * * * * *")] TimerInfo timer) => Task.FromResult(timer);
    }
}
