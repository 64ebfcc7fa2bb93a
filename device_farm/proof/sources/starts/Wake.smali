# What the alarm and the boot bring: it sets the next alarm. A single exact alarm needs no permission at target 30.
.class public Lorg/apprights/proof/starts/Wake;
.super Landroid/content/BroadcastReceiver;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/content/BroadcastReceiver;-><init>()V
    return-void
.end method

.method public onReceive(Landroid/content/Context;Landroid/content/Intent;)V
    .locals 0
    invoke-static {p1}, Lorg/apprights/proof/starts/Wake;->set(Landroid/content/Context;)V
    return-void
.end method

# set(context): AlarmManager.setExact(ELAPSED_REALTIME_WAKEUP, now + 20 s, broadcast to this class)
.method public static set(Landroid/content/Context;)V
    .locals 7
    new-instance v0, Landroid/content/Intent;
    const-class v1, Lorg/apprights/proof/starts/Wake;
    invoke-direct {v0, p0, v1}, Landroid/content/Intent;-><init>(Landroid/content/Context;Ljava/lang/Class;)V
    const/4 v1, 0x0
    const/high16 v2, 0x8000000
    invoke-static {p0, v1, v0, v2}, Landroid/app/PendingIntent;->getBroadcast(Landroid/content/Context;ILandroid/content/Intent;I)Landroid/app/PendingIntent;
    move-result-object v6
    const-string v0, "alarm"
    invoke-virtual {p0, v0}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/app/AlarmManager;
    invoke-static {}, Landroid/os/SystemClock;->elapsedRealtime()J
    move-result-wide v2
    const-wide/16 v4, 0x4e20
    add-long/2addr v2, v4
    move-object v4, v6
    const/4 v1, 0x2
    invoke-virtual {v0, v1, v2, v3, v4}, Landroid/app/AlarmManager;->setExact(IJLandroid/app/PendingIntent;)V
    return-void
.end method
