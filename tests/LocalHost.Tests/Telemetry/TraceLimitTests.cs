using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;
using ServiceOffices.FunctionApp;

namespace ServiceOffices.LocalHost.Tests.Telemetry;

/// <summary>Tests the rate limit of traces for requests whose sender marks each one as sampled.</summary>
public sealed class TraceLimitTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Trace_SameSource_IsRateLimited()
    {
        RateLimitingSampler limit = new(2, time);

        SamplingDecision[] first = [Sample(limit), Sample(limit), Sample(limit), Sample(limit)];
        time.Advance(TimeSpan.FromSeconds(1));
        SamplingDecision[] second = [Sample(limit), Sample(limit), Sample(limit)];

        Assert.Equal([SamplingDecision.RecordAndSample, SamplingDecision.RecordAndSample, SamplingDecision.RecordOnly, SamplingDecision.RecordOnly], first);
        Assert.Equal([SamplingDecision.RecordAndSample, SamplingDecision.RecordAndSample, SamplingDecision.RecordOnly], second);
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void ChildSpan_OfTrace_FollowsParentDecision(ActivityTraceFlags flags, SamplingDecision decision)
    {
        RateLimitingSampler limit = new(1, time);
        Sample(limit);
        using Activity request = new("request") { ActivityTraceFlags = flags };
        request.Start();

        Assert.Equal(decision, Sample(limit, request.Context));
    }

    private static SamplingDecision Sample(RateLimitingSampler limit, ActivityContext? parent = null) => limit.ShouldSample(new SamplingParameters(
        parent ?? new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true),
        ActivityTraceId.CreateRandom(),
        "request",
        ActivityKind.Server)).Decision;
}
